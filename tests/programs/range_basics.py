# range objects: indexing, slicing, membership, equality, hashing, big bounds, attributes, errors.
r = range(2, 20, 3)
print(r, list(r), len(r), r[0], r[-1], r[1:4], r[::-1], list(r[::-1]), r[::2], 5 in r, 6 in r, 5.0 in r, "a" in r, r.index(8), r.count(8), r.count(9), r.start, r.stop, r.step)
print(range(0), range(5), range(-3), list(range(5, 0, -2)), range(3) == range(0, 3, 1), range(0) == range(5, 5), range(0, 3, 2) == range(0, 4, 2), hash(range(0, 3, 2)) == hash(range(0, 4, 2)), range(3) == [0, 1, 2], range(1) != range(2), bool(range(0)), bool(range(1)))
big = range(10**20, 10**20 + 10, 3)
print(big, list(big), len(big), big[-1], 10**20 + 3 in big, big[1:], range(0, 2**64, 2**62)[2], list(range(2**63 - 2, 2**63 + 2)), list(range(-2**63 - 1, -2**63 + 1)), range(2**70)[2**69], (2**69) in range(2**70), range(10**30).index(10**29), list(reversed(range(0, 2**66, 2**64))))
for f in (lambda: range(5)[5], lambda: range(5)[-6], lambda: range(0, 1, 0), lambda: range(1.0), lambda: range("a"), lambda: range(), lambda: range(1, 2, 3, 4), lambda: r.index(6), lambda: len(range(2**70)), lambda: r["a"], lambda: r + r, lambda: r < r, lambda: r(1), lambda: range(None), lambda: setattr(r, "start", 1), lambda: next(r), lambda: range(5)[1.0], lambda: range(0, 5, 1.5), lambda: max(range(0))):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(sum(range(101)), max(range(5)), min(range(5, 0, -1)), sorted(range(3, 0, -1)), list(reversed(range(4))), list(reversed(range(1, 10, 4))), list(zip(range(2), range(10, 0, -5))), list(enumerate(range(2, 4))), [*range(3)], tuple(range(2)), set(range(3)) == {0, 1, 2}, {range(2): "key"}[range(0, 2)])
it = iter(range(3)); print(next(it), list(it), next(it, "end"), iter(it) is it)
a, *b = range(4); print(a, b)
print([len(range(a, b, c)) for a in (0, 5, -5) for b in (0, 7, -7) for c in (1, 3, -1, -4)])
print([list(range(10)[a:b:c]) for a, b, c in ((None, None, None), (2, -2, None), (None, None, -3), (8, 2, -2), (20, None, None), (-3, None, 2), (None, -20, None))], range(10)[2:8][1:3], range(0, 100, 7)[::3], range(10)[::-1][0])
print(True in range(2), range(True, 5), repr(range(0, 5, 1)), repr(range(0, 5, 2)), isinstance(r, range), type(r[:1]).__name__, 3 in range(3), -1 in range(3), 2**65 in range(3), 0 in range(-5, 5, 5), 7 in range(10, 0, -3), range(1, 10).count(2.5), None in range(3))
