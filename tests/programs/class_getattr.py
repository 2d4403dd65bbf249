# __getattr__, __getattribute__, __setattr__, __delattr__, proxies, dunder lookup bypass.
# turnstile: stress
class G:
    x = "class x"
    def __init__(self): self.y = "inst y"
    def __getattr__(self, name):
        if name.startswith("dyn_"): return name[4:]
        raise AttributeError("no such thing: " + name)
g = G()
print(g.x, g.y, g.dyn_hello, getattr(g, "dyn_z"), getattr(g, "q", "default"), hasattr(g, "dyn_k"), hasattr(g, "q"))
try:
    g.missing
except AttributeError as e:
    print(e)
class S:
    def __setattr__(self, k, v):
        if k.startswith("_"): raise AttributeError("private " + k)
        self.__dict__[k] = v * 2
s = S(); s.a = 5; print(s.a, s.__dict__)
try:
    s._p = 1
except AttributeError as e:
    print(e)
object.__setattr__(s, "_p", "forced"); print(s._p)
class D:
    def __delattr__(self, k): print("refuse", k)
d = D(); d.x = 1; del d.x; print(d.x)
class Log:
    def __init__(self): self.v = 1
    def __getattribute__(self, k):
        if k == "secret": return "****"
        r = object.__getattribute__(self, k)
        return ("got", r) if k == "v" else r
    def m(self): return "m"
l = Log(); print(l.v, l.secret, l.m())
class Both:
    def __getattribute__(self, k):
        if k == "a": raise AttributeError("a hidden")
        return object.__getattribute__(self, k)
    def __getattr__(self, k): return "fallback " + k
b = Both(); b.a = 1; b.c = 2
print(b.a, b.c, b.zz)
class Proxy:
    def __init__(self, t): object.__setattr__(self, "_t", t); object.__setattr__(self, "log", [])
    def __getattr__(self, k): self.log.append("get " + k); return getattr(self._t, k)
    def __setattr__(self, k, v): self.log.append("set " + k); setattr(self._t, k, v)
class Target:
    def __init__(self): self.n = 0
    def inc(self): self.n += 1; return self.n
p = Proxy(Target())
print(p.inc(), p.inc(), p.n); p.n = 10; print(p.inc(), p.log, p._t.n)
pl = Proxy([3, 1, 2]); pl.sort(); print(pl._t, pl.index(3))
try:
    len(pl)
except TypeError as e:
    print(e)
class Rec:
    def __getattr__(self, k): return self.other
try:
    Rec().x
except RecursionError as e:
    print("RecursionError")
class Chain:
    def __init__(self, path=""): self.path = path
    def __getattr__(self, k): return Chain(self.path + "/" + k)
    def __call__(self, **kw): return self.path + "?" + "&".join("%s=%s" % i for i in kw.items())
print(Chain().users.list(page=1, n=2))
class Bag(dict):
    def __getattr__(self, k):
        try: return self[k]
        except KeyError: raise AttributeError(k) from None
    def __setattr__(self, k, v): self[k] = v
bag = Bag(a=1); bag.b = 2; print(bag, bag.a + bag.b, hasattr(bag, "c"))
class Inst: pass
i = Inst(); i.__len__ = lambda: 5; i.__call__ = lambda: 1
for f in (lambda: len(i), lambda: i()):
    try:
        f()
    except TypeError as e:
        print(e)
print(i.__len__())
i.__dict__["weird key"] = 1
print(getattr(i, "weird key"))
i.__dict__ = {"fresh": 1}
print(i.fresh, hasattr(i, "__len__"), vars(i))
