# __len__, __getitem__, __setitem__, __delitem__, __contains__, __iter__, slices and tuples as keys.
# turnstile: stress
class Seq:
    def __init__(self, *a): self.d = list(a)
    def __len__(self): return len(self.d)
    def __getitem__(self, i):
        if isinstance(i, slice): return ("slice", i.start, i.stop, i.step, i.indices(len(self.d)))
        return self.d[i]
    def __setitem__(self, i, v): print("set", i, v)
    def __delitem__(self, i): print("del", i)
s = Seq(10, 20, 30)
print(len(s), s[0], s[-1], s[1:2], s[:], s[::-1], s[::2], list(s), 20 in s, 5 in s)
s[0] = 1; s[1:2] = "ab"; s["key"] = None; s[1, 2] = 3; s[...] = 4; s[::2, 1:] = 0
del s[0], s[1:], s["k", 2]
print(bool(Seq()), bool(Seq(1)), list(reversed(s)), max(s), sum(s), tuple(s), list(enumerate(s)), list(zip(s, s)))
try:
    s[5]
except IndexError as e:
    print(e)
class Matrix:
    def __init__(self, r, c): self.r, self.c, self.v = r, c, [0] * (r * c)
    def __getitem__(self, rc): r, c = rc; return self.v[r * self.c + c]
    def __setitem__(self, rc, v): r, c = rc; self.v[r * self.c + c] = v
    def __matmul__(self, o):
        m = Matrix(self.r, o.c)
        for i in range(self.r):
            for j in range(o.c):
                m[i, j] = sum(self[i, k] * o[k, j] for k in range(self.c))
        return m
m = Matrix(2, 2); m[0, 0] = 1; m[0, 1] = 2; m[1, 0] = 3; m[1, 1] = 4
m[1, 1] += 10
print((m @ m).v)
class D:
    def __init__(self): self.s = {}
    def __getitem__(self, k): return self.s.get(k, "none")
    def __setitem__(self, k, v): self.s[k] = v
    def __contains__(self, k): return k in self.s
    def __iter__(self): return iter(sorted(self.s))
    def __len__(self): return len(self.s)
    def keys(self): return self.s.keys()
d = D(); d["b"] = 1; d["a"] = 2
print(d["a"], d["zz"], "a" in d, list(d), len(d), dict(d), {**d}, sorted(d))
class NoLen: pass
for f in (lambda: len(NoLen()), lambda: NoLen()[0], lambda: NoLen().__len__, lambda: 1 in NoLen(), lambda: list(NoLen()), lambda: len(5), lambda: reversed(NoLen()), lambda: s.d[0][0], lambda: NoLen.__doc__["a"]):
    try:
        print(f())
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
def setit(o):
    o[0] = 1
def delit(o):
    del o[0]
for o in (NoLen(), 5, "abc", (1,), b"x", range(3), frozenset([1])):
    for f in (setit, delit):
        try:
            f(o)
        except TypeError as e:
            print(e)
class L2:
    def __len__(self): return 2**70
class L3:
    def __len__(self): return 1.5
for k in (L2, L3):
    try:
        len(k())
    except Exception as e:
        print(type(e).__name__, e)
class Hint:
    def __iter__(self): return iter([1, 2])
    def __length_hint__(self): return 10
print(list(Hint()))
class Stack(list):
    def push(self, x): self.append(x)
    @property
    def top(self): return self[-1]
st = Stack(); st.push(1); st.push(2); print(st.top, st, st.pop(), len(st), st == [1])
