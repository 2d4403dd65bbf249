# Augmented assignment on names, attributes, items, slices; single evaluation of the target; in-place dunders.
# turnstile: stress
log = []
class Box:
    def __init__(self): self.d = {"k": 1}; self.n = 5
    def __getitem__(self, k): log.append(("get", k)); return self.d[k]
    def __setitem__(self, k, v): log.append(("set", k, v)); self.d[k] = v
def b(x=Box()):
    log.append("b")
    return x
def k():
    log.append("k")
    return "k"
b()[k()] += 10
print(log); log.clear()
b().n -= 2
print(b().n, log); log.clear()
class Acc:
    def __init__(self, v): self.v = v
    def __iadd__(self, o): log.append("iadd"); self.v += o; return self
    def __add__(self, o): log.append("add"); return Acc(self.v + o)
    def __isub__(self, o): return "replaced"
    def __imul__(self, o): return NotImplemented
    def __mul__(self, o): return Acc(self.v * o)
a = Acc(1); c = a
a += 5
print(a is c, a.v, log)
a = a + 1
print(a is c, a.v)
a *= 3
print(a.v)
a -= 1
print(a)
class Full:
    def __init__(self): self.log = []
    def _op(name):
        def f(self, o):
            self.log.append(name)
            return self
        return f
    for _n in "iadd isub imul itruediv ifloordiv imod ipow ilshift irshift iand ior ixor imatmul".split():
        locals()["__%s__" % _n] = _op(_n)
f = Full()
f += 1; f -= 1; f *= 1; f /= 1; f //= 1; f %= 1; f **= 1; f <<= 1; f >>= 1; f &= 1; f |= 1; f ^= 1; f @= 1
print(f.log)
t = ([], 1)
try:
    t[0] += [1]
except TypeError as e:
    print(e, t)
l = [1, 2, 3, 4]
l[1:3] += ["x"]
print(l)
l[0] **= 2; l[-1] <<= 70
print(l)
d = {}
try:
    d["missing"] += 1
except KeyError as e:
    print("KeyError", e)
try:
    s = "a"; s += 1
except TypeError as e:
    print(e)
try:
    n = 1; n += "a"
except TypeError as e:
    print(e)
try:
    n = []; n -= []
except TypeError as e:
    print(e)
try:
    n = None; n **= 2
except TypeError as e:
    print(e)
x = [1]; y = x
x *= 3
print(y)
x += "ab"
print(y)
s = {1, 2}; q = s
s |= {3}; s &= {2, 3, 4}; s ^= {9}
print(sorted(q), s is q)
d = {"a": 1}; e = d
d |= {"b": 2}
d |= [("c", 3)]
print(e)
