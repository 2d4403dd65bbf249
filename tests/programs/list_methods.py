# Every list method with its corner cases and errors.
# turnstile: stress
l = [3, 1, 2]
print(l.append(4), l, l.extend("ab"), l, l.insert(0, "f"), l, l.insert(-1, "g"), l, l.insert(100, "end"), l.insert(-100, "start"), l)
print(l.pop(), l.pop(0), l.pop(-2), l, l.remove("b" if "b" in l else 4), l, l.index(1), l.count(1), l.reverse(), l, l.copy() == l, l.copy() is l, l.clear(), l)
for f in (lambda: [].pop(), lambda: [1].pop(5), lambda: [1].pop(-2), lambda: [1].remove(9), lambda: [1].index(9), lambda: [1, 2].index(1, 1), lambda: [1][1], lambda: [1][-2], lambda: [1].pop("a"), lambda: [1].extend(5), lambda: [1] + (2,), lambda: [1] + 5, lambda: [1] * [2], lambda: [1] - [1], lambda: [2, "a"].sort(), lambda: [1].insert("a", 1), lambda: [1].append(), lambda: [1].append(1, 2), lambda: list(5), lambda: list(1, 2), lambda: [1].nope, lambda: hash([]), lambda: [1] < 5, lambda: [1] < ["a"], lambda: [].index(1), lambda: [1].sort(5), lambda: [None, 1].sort(), lambda: max([]), lambda: {}[[]]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
l = [1, 2, 3, 2, 1]
print(l.index(2, 2), l.index(2, -4, -1), l.count(2), l.count("x"), 2 in l, [2] in l, l * 2, 0 * l, l * -1, l + [], [] + l == l, l == list(tuple(l)), l != [1], bool([]), bool([0]))
print([1, 2] < [1, 3], [1, 2] < [1, 2, 0], [] < [1], [2] > [1, 9], [1, "a"] < [2, 3], [1, 2] <= [1, 2], [[1], 2] == [[1], 2], [1, 2] == (1, 2), [1.0, True] == [1, 1])
m = [l] * 2; m[0].append("shared"); print(m)
a = b = [1]; a += [2]; a = a + [3]; print(a, b)
l = [1, 2, 3]; l.extend(l); print(l); l += l[:1]; l += (x for x in "z"); l += {"k": 1}; print(l); l *= 2; print(l, len(l)); l *= 0; print(l)
l = [[1, 2], [3]]; c = l.copy(); c[0].append("deep"); c.append(5); print(l, c, l[:] is l)
print(list(), list("abc"), list((1, 2)), list({3: 1}), list(range(3)), list(x * x for x in range(3)), list(map(str, [1])), [*range(2), *"x"], list([1]) == [1], list(zip([1], [2])))
l = list(range(5)); l[0], l[-1] = l[-1], l[0]; l[2] = l; print(l, l[2][2] is l, l[2] == l)
l = [1, 2, 3]; print([l.pop() for _ in range(3)], l, sum([[1], [2]], []), len([[]] * 3), [0] * 3, [[0] * 2 for _ in range(2)], [None] * 2, min([3, 1]), max([[1], [2]]), any([]), all([]))
