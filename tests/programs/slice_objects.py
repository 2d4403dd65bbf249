# slice objects: construction, attributes, indices(), use in __getitem__, equality.
print(slice(1), slice(1, 2), slice(1, 2, 3), slice(None, "a", [1]), slice(1, 2) == slice(1, 2), slice(1) == slice(None, 1), slice(1) < slice(2), slice("a").stop)
for args in ((5,), (1, 5), (None, None, -1), (-3, None), (10, 2, -3), (None, -2, 2), (2**70, None), (-2**70, 2**70, 7), (0, 0), (True, 4)):
    s = slice(*args)
    print(args, [s.indices(n) for n in (0, 1, 5, 10)], [list(range(10))[s], "0123456789"[s], tuple(range(10))[s], bytes(range(10))[s], range(10)[s]])
for f in (lambda: slice(), lambda: slice(1, 2, 3, 4), lambda: slice("a").indices(5), lambda: slice(1, 2, 0).indices(5), lambda: slice(1).indices(-1), lambda: slice(1).indices("a"), lambda: hash(slice(1)), lambda: {slice(1): 1}, lambda: setattr(slice(1), "stop", 5), lambda: [1][slice("a")], lambda: iter(slice(1)), lambda: slice(1) < 5, lambda: {}[1:2]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class G:
    def __getitem__(self, k): return k
g = G()
print(g[1:2], g[:], g[::], g[1:], g[:1], g[::2], g[1, 2:3], g[1:2, ::3, ...], g["a":"b"], g[None], g[(1, 2)], g[1,], g[-1:-2:-3], g[(lambda: 1)():], [g[i:i + 1] for i in range(2)])
class Idx:
    def __init__(self, v): self.v = v
    def __index__(self): print("index", self.v); return self.v
print([10, 20, 30, 40][Idx(1):Idx(3)], "abcdef"[Idx(0)::Idx(2)])
class Log:
    def __init__(self): self.log = []
    def __setitem__(self, k, v): self.log.append(("set", k, v))
    def __delitem__(self, k): self.log.append(("del", k))
l = Log(); l[1:2] = 5; l[::] = []; del l[3:]; l[1:2, 3] = 0
print(l.log)
named = slice(2, 5)
print("ABCDEFG"[named], [0, 1, 2, 3, 4, 5][named], named.start + named.stop, isinstance(named, slice))
def windows(seq, n): return [seq[i:i + n] for i in range(len(seq) - n + 1)]
def chunks(seq, n): return [seq[i:i + n] for i in range(0, len(seq), n)]
print(windows("abcde", 3), chunks(list(range(7)), 3), chunks("", 2), windows((1, 2), 5))
m = list(range(10)); m[slice(2, 4)] = "xyz"; del m[slice(None, None, 3)]; print(m)
