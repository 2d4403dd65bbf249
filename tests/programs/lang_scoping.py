# LEGB, global, nonlocal, class scope, comprehension scope, UnboundLocalError, builtins shadowed.
# turnstile: stress
x = "global"

class C:
    x = "class"
    y = x + "!"
    def method(self):
        return x
    lst = [x for _ in range(2)]          # comprehension bodies do not see class scope
    first = [v for v in (x, y)]          # but the first iterable does
print(C.y, C().method(), C.lst, C.first)

def f():
    print(x)
f()

def g():
    try:
        print(x)
    except UnboundLocalError as e:
        print("UnboundLocalError:", e)
    x = 1
g()

def h():
    global x, fresh
    x = "changed"
    fresh = "made by h"
h()
print(x, fresh)

def outer():
    x = "outer"
    class K:
        y = x
        def m(self):
            return x
    def inner():
        global x
        return x
    return K.y, K().m(), inner()
print(outer())

def shadow():
    len = lambda s: "mine"
    return len([1, 2])
print(shadow(), len([1, 2]))

try:
    undefined_name
except NameError as e:
    print(type(e).__name__, e)

def cond(flag):
    if flag:
        v = 1
    return v
print(cond(True))
try:
    cond(False)
except UnboundLocalError as e:
    print(e)

v = "module"
print([v for v in range(3)], v)
print({v: w for v, w in [(1, 2)]}, v)
for v in "ab":
    pass
print(v)

def del_local():
    z = 1
    del z
    try:
        return z
    except UnboundLocalError as e:
        return str(e)
print(del_local())

try:
    raise ValueError("gone")
except ValueError as err:
    pass
try:
    err
except NameError as e:
    print(e)

def nested_global():
    def set_it():
        global gg
        gg = 5
    set_it()
    return gg
print(nested_global(), gg)
del gg
try:
    gg
except NameError as e:
    print(e)

def loc():
    a = 1
    b = "two"
    return sorted(locals().items())
print(loc(), "x" in globals(), globals()["x"])
globals()["injected"] = 42
print(injected)
class D:
    for i in range(3):
        pass
    j = i * 2
    if j > 3:
        k = "big"
print(D.i, D.j, D.k)
