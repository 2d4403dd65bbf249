# __iter__/__next__, __getitem__ iteration, __contains__ fallbacks, iterator exhaustion, iter of iter.
# turnstile: stress
class Count:
    def __init__(self, n): self.i, self.n = 0, n
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
c = Count(3)
print(list(c), list(c), next(c, "default"))
print(sum(Count(10)), max(Count(5)), [*Count(2)], tuple(Count(2)), 3 in Count(5), 9 in Count(5))
class Old:
    def __getitem__(self, i):
        if i > 3: raise IndexError("done")
        return i * 10
print(list(Old()), 20 in Old(), 25 in Old(), [x for x in Old()], dict(zip("ab", Old())))
a, b, *c = Old()
print(a, b, c, sorted(Old(), reverse=True))
class Cont:
    def __contains__(self, x): return x == "magic"
print("magic" in Cont(), "x" in Cont(), "x" not in Cont())
class ContTruthy:
    def __contains__(self, x): return [x]
print(1 in ContTruthy())
it = iter([1, 2, 3])
print(iter(it) is it, next(it), list(it), list(it))
for bad in (5, None, 1.5, Count, lambda: 0):
    try:
        iter(bad)
    except TypeError as e:
        print(e)
try:
    next([1])
except TypeError as e:
    print(e)
class BadIter:
    def __iter__(self): return 5
class NoneIter:
    __iter__ = None
    def __getitem__(self, i): return i
for k in (BadIter, NoneIter):
    try:
        for x in k(): pass
    except TypeError as e:
        print(e)
try:
    3 in 5
except TypeError as e:
    print(e)
try:
    1 in "abc"
except TypeError as e:
    print(e)
class Tree:
    def __init__(self, v, l=None, r=None): self.v, self.l, self.r = v, l, r
    def __iter__(self):
        if self.l: yield from self.l
        yield self.v
        if self.r: yield from self.r
print(list(Tree(4, Tree(2, Tree(1), Tree(3)), Tree(5))))
class Err:
    def __iter__(self): return self
    def __next__(self): raise ValueError("from next")
try:
    list(Err())
except ValueError as e:
    print(e)
l = [1, 2, 3]
seen = []
for x in l:
    seen.append(x)
    if len(l) < 6: l.append(x * 10)
print(seen)
l = [1, 2, 3, 4, 5, 6]
for x in l:
    l.remove(x)
print(l)
it = iter(range(3)); print([(x, y) for x in it for y in it])
r = reversed([1, 2, 3]); print(next(r), list(r))
class Rev:
    def __len__(self): return 3
    def __getitem__(self, i): return "abc"[i]
print(list(reversed(Rev())), list(Rev()))
class Rev2:
    def __reversed__(self): return iter("zyx")
print(list(reversed(Rev2())))
