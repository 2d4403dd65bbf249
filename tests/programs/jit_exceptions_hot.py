# Exceptions raised, caught, re-raised and propagated in hot loops; finally, else, with.
class E1(Exception): pass
class E2(E1): pass
def thrower(i):
    if i % 7 == 0: raise E1(i)
    if i % 11 == 0: raise E2(i)
    if i % 13 == 0: return 1 // 0
    if i % 17 == 0: return {}[i]
    return i
def loop(n):
    c = dict(e1=0, e2=0, z=0, k=0, ok=0, fin=0)
    for i in range(n):
        try:
            thrower(i)
        except E2:
            c["e2"] += 1
        except E1 as e:
            assert e.args == (i,)
            c["e1"] += 1
        except ZeroDivisionError:
            c["z"] += 1
            continue
        except KeyError as e:
            c["k"] += e.args[0] == i
        else:
            c["ok"] += 1
        finally:
            c["fin"] += 1
    return c
print(loop(5000))
def deep(i, d):
    try:
        if d == 0: raise ValueError(i)
        return deep(i, d - 1)
    finally:
        counts[d] += 1
counts = [0] * 6
s = 0
for i in range(800):
    try:
        deep(i, 5)
    except ValueError as e:
        s += e.args[0]
print(s, counts)
def first_error(l):
    s = 0
    for i in range(len(l) + 1):
        s += l[i]
    return s
def guarded(n):
    r = 0
    for i in range(n):
        try:
            first_error([1, 2, 3])
        except IndexError as e:
            r += len(str(e))
    return r
print(guarded(600))
def locals_after(n):
    a = b = 0
    try:
        for i in range(n):
            a += 1
            b = a * 2
            if a == n - 1: a / 0
            b += 1
    except ZeroDivisionError:
        return a, b, i
print(locals_after(9000))
def chain(n):
    c = 0
    for i in range(n):
        try:
            try:
                raise KeyError(i)
            except KeyError as e:
                raise ValueError(i) from e
        except ValueError as v:
            c += v.__cause__.args[0] == i and v.__context__ is v.__cause__
    return c
print(chain(1500))
class CM:
    n = 0
    def __enter__(self): return self
    def __exit__(self, t, v, tb): CM.n += 1; return t is E1
def withs(n):
    c = 0
    for i in range(n):
        with CM():
            if i % 2: raise E1
            c += 1
    return c, CM.n
print(withs(3000))
def stop(n):
    it = iter(range(n))
    c = 0
    while True:
        try:
            c += next(it)
        except StopIteration:
            return c
print(stop(5000))
