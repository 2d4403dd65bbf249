# Globals, functions and builtins redefined while hot; defaults and closures changed.
def f(x): return x + 1
SCALE = 2
def loop(n):
    global f, SCALE
    s = 0
    for i in range(n):
        s += f(i) * SCALE
        if i == n // 4: SCALE = 3
        if i == n // 2: f = lambda x: x - 1
        if i == 3 * n // 4: SCALE = 0.5
    return s
print(loop(8000))
def uses_len(l, n):
    s = 0
    for i in range(n):
        s += len(l)
        if i == n // 2: globals()["len"] = lambda x: 1000
    return s
print(uses_len([1, 2, 3], 4000))
del len
print(uses_len.__name__, len("abc"))
def gone(n):
    global temp
    temp = 5
    s = 0
    for i in range(n):
        s += temp
        if i == n - 3: del temp
try:
    gone(4000)
except NameError as e:
    print(e)
def cells(n):
    k = 1
    def setk(v):
        nonlocal k
        k = v
    s = 0
    for i in range(n):
        s += k
        if i == n // 2: setk(2.5)
        if i == n - 10: setk(2**65)
    return s
print(cells(4000))
def call(g, n):
    s = 0
    for i in range(n): s += g(i)
    return s
fs = [lambda x: x, lambda x, y=2: x * y, abs, int, float, lambda *a: len(a), [10] .__contains__, {}.get if False else (lambda x: True)]
print([call(g, 1500) for g in fs])
def poly(n):
    s = 0
    for i in range(n): s += fs[i % len(fs)](i)
    return s
print(poly(4000))
def d(a, b=1): return a + b
def defaults(n):
    s = 0
    for i in range(n):
        s += d(i)
        if i == n // 2: d.__defaults__ = (100,)
    return s
print(defaults(4000))
import math
def mod(n):
    s = 0
    keep = math.floor
    for i in range(n):
        s += math.floor(i / 2)
        if i == n // 2: math.floor = lambda v: 0
    math.floor = keep
    return s
print(mod(4000))
