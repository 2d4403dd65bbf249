# try/finally control flow: return, break and continue through finally, overriding, nesting.
# turnstile: stress
def f1():
    try:
        return "try"
    finally:
        print("finally runs")
print(f1())
def f2():
    try:
        return "try"
    finally:
        return "finally wins"
print(f2())
def f3():
    for i in range(3):
        try:
            if i == 1:
                continue
            if i == 2:
                break
            print("body", i)
        finally:
            print("fin", i)
    else:
        print("no")
    return i
print(f3())
def f4():
    try:
        raise ValueError("lost")
    finally:
        return "swallowed"
print(f4())
def f5():
    while True:
        try:
            1 / 0
        finally:
            break
    return "broke out"
print(f5())
def f6():
    x = 1
    try:
        return x
    finally:
        x = 2
print(f6())
def f7(v):
    out = []
    try:
        out.append("t")
        if v: raise KeyError(v)
    except KeyError as e:
        out.append("e%s" % e)
        if v == 2: raise IndexError("from handler")
    else:
        out.append("else")
    finally:
        out.append("f")
        print(out)
    return out
f7(0); f7(1)
try:
    f7(2)
except IndexError as e:
    print(repr(e), repr(e.__context__))
def f8():
    try:
        try:
            raise ValueError(1)
        finally:
            print("inner finally")
            try:
                raise KeyError(2)
            except KeyError as e:
                print("nested handled", repr(e.__context__))
    except ValueError as e:
        return repr(e), repr(e.__context__)
print(f8())
def f9():
    for i in range(2):
        try:
            try:
                continue
            finally:
                print("a", i)
        finally:
            print("b", i)
f9()
def f10():
    try:
        try:
            return 1 / 0
        except ZeroDivisionError:
            return "handler"
        finally:
            print("f-in")
    finally:
        print("f-out")
print(f10())
def gen():
    try:
        yield 1
        yield 2
    finally:
        print("gen cleanup")
it = gen()
for v in it:
    break_here = v
    if v == 2:
        break
it.close()
print(break_here)
def f11():
    try:
        raise ValueError("first")
    except ValueError:
        try:
            raise KeyError("second")
        finally:
            print("f11 finally")
try:
    f11()
except KeyError as e:
    print(repr(e), repr(e.__context__), e.__suppress_context__)
def f12(n):
    try:
        if n == 0: return "zero"
        return f12(n - 1)
    finally:
        print(n, end=" ")
print(f12(4))
