# Functions and classes redefined, conditional definitions, rebinding of builtins, recursion via globals.
# turnstile: stress
def f(): return 1
def g(): return f()
print(g())
def f(): return 2
print(g())
f = lambda: 3
print(g())
del f
try:
    g()
except NameError as e:
    print(e)
def f(): return "back"
print(g())
_len = len
def count(x): return len(x)
print(count("abc"))
def len(x): return "patched"
print(count("abc"))
del len
print(count("abc"), _len("ab"))
if True:
    def cond(): return "if"
else:
    def cond(): return "else"
print(cond())
for i in range(3):
    def loopf(i=i): return i
    print(loopf(), end=" ")
print()
class A:
    def m(self): return "old"
a = A()
bound = a.m
A.m = lambda self: "new"
print(a.m(), bound())
OldA = A
class A:
    def m(self): return "second"
print(a.m(), A().m(), isinstance(a, A), isinstance(a, OldA), type(a) is OldA)
def fact(n): return 1 if n < 2 else n * fact(n - 1)
old = fact
def fact(n): return 100
print(old(3), fact(3))
x = 1
def rx(): return x
print(rx()); x = "s"; print(rx()); x = [1]; print(rx())
def outer():
    def f(): return "inner"
    return f()
print(outer(), f())
def set_global(name, v): globals()[name] = v
set_global("dyn", 7)
print(dyn)
set_global("f", lambda: "via globals()")
print(g())
def counter():
    counter.n += 1
    return counter.n
counter.n = 0
print(counter(), counter(), counter.n)
g.__defaults__ = None
def d(a, b=1): return a, b
d.__defaults__ = (8, 9)
print(d(), d(1))
import math
old_sqrt = math.sqrt
math.sqrt = lambda v: "not " + str(v)
def usesqrt(): return math.sqrt(4)
print(usesqrt())
math.sqrt = old_sqrt
print(usesqrt())
