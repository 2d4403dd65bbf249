# Argument forwarding: *args/**kwargs through several layers, dict isolation, order, bound methods, callables.
# turnstile: stress
def base(*args, **kw): return args, kw
def l1(*args, **kw): return base(*args, **kw)
def l2(*args, extra=None, **kw): return l1(extra, *args, layer=2, **kw)
print(l2(1, 2, extra="e", z=1, a=2))
def mutate(**kw):
    kw["new"] = 1
    return kw
src = {"a": 1}
print(mutate(**src), src)
def mut_args(*args): return args
lst = [1, 2]
r = mut_args(*lst)
lst.append(3)
print(r, type(r).__name__)
class K:
    def m(self, *a, **k): return ("m", a, k)
    def __call__(self, *a, **k): return ("call", a, k)
k = K()
f = k.m
print(f(1, x=2), k(3, y=4), K.m(k, 5), k.m(*(), **{}))
print(f.__self__ is k, f.__func__ is K.m, f == k.m, f.__name__)
def order(**kw): return list(kw)
print(order(z=1, a=2, m=3), order(**{"z": 1, "b": 0}, y=2))
def gen(): yield from (1, 2, 3)
print(base(*gen(), *{"k": 1}, **{"x y": 1, "if": 2}))
try:
    base(**{1: 2})
except TypeError as e:
    print(e)
try:
    base(a=1, **{"a": 2})
except TypeError as e:
    print(e)
def many(a, b, c, d, e, f_, g, h, i, j, *rest, k=0, l=1, **kw): return a + b + c + d + e + f_ + g + h + i + j, rest, k, l, kw
print(many(*range(10)), many(*range(12), k=5, zz=1))
def partial(f, *a, **k): return lambda *b, **m: f(*a, *b, **{**k, **m})
print(partial(base, 1, x=2)(3, y=4), partial(partial, base)(9)())
def star_mid(a, *args, b): return a, args, b
print(star_mid(1, b=2), star_mid(1, 2, 3, b=4))
def default_none(a=None, *, b=None): return a, b
print(default_none(), default_none(b=1), default_none(1), default_none(a=0, b=0))
def apply(f, *args, **kw): return f(*args, **kw)
print(apply(apply, apply, max, 3, 9, 2), apply(sorted, [3, 1], reverse=True), apply(dict, a=1), apply("{}-{x}".format, 1, x=2))
def swap(a, b): return b, a
print(swap(*swap(*swap(1, 2))))
class D(dict): pass
class M:
    def keys(self): return ["p", "q"]
    def __getitem__(self, k): return k * 2
print(base(**M()), {**M()}, dict(M()))
print(int("ff", base=16), round(3.14159, ndigits=2), sorted("bca", key=None), sum([1], start=5), print(end="") )
