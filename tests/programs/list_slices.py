# Slice reads, assignments, deletions with all kinds of bounds and steps; extended-slice size errors.
# turnstile: stress
l = list(range(10))
R = (None, 0, 3, -3, 20, -20)
print([l[i:j] for i in R for j in R])
print([l[i:j:k] for i in (None, 2, -2, 15) for j in (None, 1, -1, -15) for k in (1, 2, -1, -3, 20)])
def assign(i, j, v, k=None):
    m = list(range(6))
    try:
        m[i:j:k] = v
        return m
    except (ValueError, TypeError) as e:
        return "%s: %s" % (type(e).__name__, e)
print(assign(1, 3, "xyz"), assign(1, 1, [9]), assign(None, None, []), assign(2, 1, [7, 8]), assign(-2, None, (5,)), assign(10, 20, [1]), assign(-50, 2, [0]), assign(0, 6, iter("ab")), assign(1, 4, {}), assign(0, 0, range(3)))
print(assign(None, None, "abc", 2), assign(None, None, "abcdef", -1), assign(1, 5, [1, 2], 2), assign(None, None, "ab", 2), assign(0, 3, 5), assign(0, 3, None), assign(None, None, [1], 0), assign(5, 0, "xy", -2), assign(0, 0, "a", 2), assign("a", None, []), assign(1.0, 2, []))
def dele(*a):
    m = list(range(8))
    del m[slice(*a)]
    return m
print(dele(2), dele(2, 5), dele(None), dele(None, None, 2), dele(None, None, -3), dele(5, 2), dele(-3, None), dele(1, 7, 3), dele(7, 1, -2), dele(100, 200))
m = [1, 2, 3]; m[:] = m; print(m); m[1:] = m; print(m); m[:0] = m[-2:]; print(m); m[::2] = [0] * len(m[::2]); print(m)
m[len(m):] = [9]; print(m); m[1:2] = [[1, 2]]; print(m)
m = list(range(5)); m[1:4] += [7]; print(m); m[:2] *= 2; print(m)
class I:
    def __init__(self, n): self.n = n
    def __index__(self): return self.n
print(l[I(2):I(8):I(3)], l[I(-1)], l[slice(1, 3)], l[True:], l[:False], slice(1, 10, 2).indices(5), l[2**70:], l[-2**70:2**70:2**65], l[::-2**65])
for f in (lambda: l["a":], lambda: l[::0], lambda: l[1.5:], lambda: l[:None:None] and l[:"b"], lambda: l[1, 2], lambda: l[:, 1]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
s = slice(1, 5, 2)
print(s, s.start, s.stop, s.step, slice(3), slice(None), s == slice(1, 5, 2), s != slice(1, 5), [slice(None, None, -1).indices(n) for n in (0, 1, 5)], slice(-3, None).indices(10), slice(20, -20, -2).indices(6))
try:
    hash(s)
except TypeError as e:
    print(e)
