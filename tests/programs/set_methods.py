# set and frozenset: operators, methods, comparisons, errors, hashing. Always printed sorted.
# turnstile: stress
s = lambda x: sorted(x, key=repr)
a, b = {1, 2, 3, 4}, {3, 4, 5}
print(s(a | b), s(a & b), s(a - b), s(a ^ b), a | b == b | a, s(a.union([9], "x")), s(a.intersection([1, 2], (2, 3))), s(a.difference([1], [2])), s(a.symmetric_difference([1, 99])), s(a.union()), s(a.copy()), a.copy() is a)
print(a < b, a <= a, a < a, {3} < a, a > {1}, a >= {1, 9}, a == {4, 3, 2, 1}, a != b, a.issubset(range(9)), a.issuperset([1]), a.isdisjoint([9]), a.isdisjoint(b), {1} == {1.0}, {1} == frozenset([1]), {1} == [1], set() < {1}, {1, 2} < {1, 3}, {1, 3} < {1, 2})
c = {1}
print(c.add(2), s(c), c.add(2), len(c), c.discard(9), c.remove(1), s(c), c.update([5], {6: 0}, "x"), s(c), c.pop() in (2, 5, 6, "x"), len(c), c.clear(), c, set(), {*()} == set())
c = {1, 2, 3, 4, 5}
c &= {1, 2, 3}; print(s(c)); c |= {9}; print(s(c)); c -= {1}; print(s(c)); c ^= {2, 7}; print(s(c))
c.intersection_update([7, 9]); print(s(c)); c.difference_update([7]); print(s(c)); c.symmetric_difference_update([9, 8]); print(s(c)); d = c; d |= {1}; print(c is d, s(c))
f = frozenset([1, 2])
print(f, frozenset(), s(f | {3}), type(f | {3}).__name__, type({3} | f).__name__, hash(f) == hash(frozenset([2, 1])), {f: "key"}[frozenset([2, 1])], f in {f}, {1, 2} in {f}, s(f & {1}), frozenset(f) == f, s(map(s, {frozenset("ab"), frozenset("ba")})))
def addf(): f.add(1)
for g in (lambda: {1}.remove(9), lambda: set().pop(), lambda: {[]}, lambda: {1}.add([]), lambda: {1} | [1], lambda: {1} & 5, lambda: {1} + {2}, lambda: {1} < [1], lambda: a[0], addf, lambda: hash({1}), lambda: {{1}}, lambda: set(5), lambda: {1}.union(5), lambda: set(1, 2), lambda: {1} - None, lambda: [] in {1}, lambda: {1}.remove("key"), lambda: {1}.issubset(5), lambda: frozenset([[]]), lambda: {1}.nope):
    try:
        print(g())
    except Exception as e:
        print(type(e).__name__, e)
def during(x, act):
    try:
        for e in x: act(x, e)
    except RuntimeError as e:
        return str(e)
print(during({1, 2, 3}, lambda x, e: x.add(e + 100)), during({1, 2, 3}, lambda x, e: x.discard(e)), during({1}, lambda x, e: x.add(e)))
print(s({x % 3 for x in range(10)}), len({1, 1.0, True, "1", (1,), 2**70, 2.0**70}), s(set("hello")), set([1]) | set(), repr({1}), repr({"a"}), str(frozenset({2})), {1, 2, 3}.__len__(), sum({1, 2, 3}), max({1, 5}), bool(set()), sorted({3, 1, 2}, reverse=True))
p = set(range(2, 200))
for n in range(2, 15): p -= set(range(n * 2, 200, n))
print(sorted(p))
big = set(range(0, 10000, 3)); print(len(big & set(range(0, 10000, 5))), len(big | set(range(5000))), sum(big - set(range(9000))), 9999 in big, 10000 in big)
