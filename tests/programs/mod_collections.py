# collections and collections.abc.
# turnstile: stress
from collections import deque, defaultdict, Counter, OrderedDict, namedtuple, ChainMap, abc
import collections
d = deque([1,2,3], maxlen=4)
d.append(4); d.append(5); d.appendleft(0)
print(d, d.maxlen, len(d), d[0], d[-1], list(d), 3 in d, d.index(3), d.count(3))
d.rotate(1); print(d); d.rotate(-2); print(d); d.extend([9,8]); print(d); d.extendleft("ab"); print(d)
print(d.pop(), d.popleft(), d); d.reverse(); print(d); d.clear(); print(d, bool(d))
for f in (lambda: d.pop(), lambda: deque()[0], lambda: deque([1]).remove(2), lambda: deque(maxlen=-1), lambda: deque([1]).index(5), lambda: deque(1), lambda: deque([1])["a"]):
    try: f()
    except Exception as e: print(type(e).__name__, e)
d = deque("abc"); d.insert(1, "x"); del d[0]; d[0] = "y"; print(d, d == deque("ybc"), d + deque("z"), d * 2, d.copy(), deque("ab") < deque("ac"))
try:
    for x in d: d.append(1)
except RuntimeError as e: print(e)
print(list(reversed(deque([1,2,3]))), repr(deque([[], deque()])), deque([1]) != deque([2]))
r = deque(); r.append(r); print(r)
class MyD(deque): pass
md = MyD([1]); md.x = 3; print(md, md.x, type(md.copy()))
dd = defaultdict(list); dd["a"].append(1); dd["b"]; print(dd, dict(dd), "z" in dd, dd.default_factory)
try: defaultdict(None)["x"]
except KeyError as e: print(repr(e))
di = defaultdict(int, {"q": 3}, z=4); di["n"] += 1; print(di)
c = Counter("abracadabra"); print(c, c.most_common(2), c["zz"], sum(c.values()), c.total())
c.update("aaa"); c.subtract({"b": 1}); print(c, +c, c - Counter("aaaa"), c & Counter("ab"), c | Counter("zzz"), sorted(c.elements())[:5], Counter(a=1, b=2))
od = OrderedDict([("a", 1), ("b", 2), ("c", 3)]); od.move_to_end("a"); print(od, od.popitem(), od.popitem(last=False), od == OrderedDict(b=2)); od.move_to_end("c", last=False); print(list(od), od == {"c": 3}, OrderedDict())
P = namedtuple("P", "x y", defaults=[5])
p = P(1); print(p, p.x, p[1], p._asdict(), p._replace(x=9), P._fields, P._make([3,4]), p == (1,5), P._field_defaults, hash(p) == hash((1,5)))
x, y = p; print(x, y, isinstance(p, tuple), P.__doc__, P.__name__)
for f in (lambda: P(), lambda: P(1,2,3), lambda: setattr(p, "x", 3), lambda: namedtuple("A", "a a"), lambda: namedtuple("A", "class"), lambda: P(z=1), lambda: p._replace(q=1), lambda: p.zz):
    try: f()
    except Exception as e: print(type(e).__name__, e)
class Sub(P):
    def area(self): return self.x * self.y
print(Sub(3, 4).area(), Sub(3,4), repr(P.x)[:30])
match P(1, 2):
    case P(a, b): print("matched", a, b)
match deque([1,2]):
    case [a, b]: print("seq", a, b)
cm = ChainMap({"a": 1}, {"a": 2, "b": 3}); print(cm["a"], cm["b"], dict(cm), list(cm), len(cm)); cm["z"] = 5; print(cm)
print(isinstance([], abc.Sequence), isinstance({}, abc.Mapping), isinstance("a", abc.Hashable), isinstance([], abc.Hashable), isinstance((i for i in []), abc.Generator), isinstance(len, abc.Callable), issubclass(int, abc.Iterable))
class S(abc.Sequence):
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
    def __getitem__(self, i):
        if i >= self.n: raise IndexError
        return i * 10
s = S(3); print(list(s), 10 in s, s.index(20), s.count(10), list(reversed(s)))
class M(abc.MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
m = M(); m.update(a=1, b=2); print(dict(m), m.pop("a"), list(m.items()), m.setdefault("q", 7), "q" in m, m.get("zz"), m == {"b": 2, "q": 7})
try: abc.Sequence()
except TypeError as e: print(e)
class Abs(abc.Sized): pass
try: Abs()
except TypeError as e: print(e)
