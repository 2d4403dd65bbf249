# keys/values/items views: live, set operations, membership, reversed, equality; mutation during iteration.
# turnstile: stress
d = {"a": 1, "b": 2, "c": 3}
k, v, i = d.keys(), d.values(), d.items()
d["d"] = 4
print(k, v, i, len(k), len(v), len(i))
print("a" in k, 4 in v, ("a", 1) in i, ("a", 2) in i, "a" in i, ["a", 1] in i, 9 in v)
print(sorted(k & {"a", "z"}), sorted(k | {"z"}), sorted(k - {"a"}), sorted(k ^ {"a", "z"}), sorted(i & {("a", 1)}), sorted(k & ["a", "b"]), k == {"a", "b", "c", "d"}, k >= {"a"}, k < {"a"}, k.isdisjoint("xyz"), i == {("a", 1)}, v == v, d.values() == d.values(), d.keys() == dict(d).keys(), d.items() == dict(d).items())
print(list(reversed(d)), list(reversed(d.values())), list(reversed(d.items())), [*k], {**d} == d, dict(i) == d, max(v), sorted(i, key=lambda p: -p[1]), list(zip(v, k)), list(enumerate(d)), type(k).__name__, type(v).__name__, type(i).__name__, type(iter(d)).__name__)
def during(action):
    x = {n: n for n in range(4)}
    seen = []
    try:
        for key in x:
            seen.append(key)
            action(x, key)
    except RuntimeError as e:
        return seen, str(e)
    return seen, x
print(during(lambda x, key: x.update({key + 10: 1})), during(lambda x, key: x.pop(key)), during(lambda x, key: x.update({key: "new"})), during(lambda x, key: x.clear()))
def replace(x, key):
    if key == 1:
        del x[3]
        x[99] = 1
print(during(replace))
for name in ("keys", "values", "items"):
    x = {1: 1, 2: 2}
    try:
        for e in getattr(x, name)(): x[len(x) + 1] = 0
    except RuntimeError as e:
        print(name, e)
x = {1: 1, 2: 2, 3: 3}
for key in list(x):
    if key % 2: del x[key]
print(x)
it = iter(d); next(it); d["new"] = 1
for _ in range(2):
    try:
        next(it)
    except RuntimeError as e:
        print(e)
it = iter({}); print(next(it, "end"), next(it, "end again"))
x = {1: "a"}; it = iter(x.items()); print(next(it), next(it, None)); x[2] = "b"; print(next(it, "exhausted stays exhausted"))
for f in (lambda: k[0], lambda: k + k, lambda: k.add(1), lambda: hash(i) if False else v < v, lambda: d.items() | 5, lambda: len(iter(d))):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print({a: b for b, a in i}, [key for key, val in i if val > 1], sum(v), {**{"x": 1}, **{"x": 2}}, list(map(lambda p: p[0] * p[1], {"ab": 2}.items())), any(v), all(k))
