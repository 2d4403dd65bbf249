# Every dict method, constructors, merge, equality, errors.
# turnstile: stress
d = {"a": 1, "b": 2}
print(d, dict(), dict(a=1), dict([("x", 1), ["y", 2]]), dict({"k": 1}, z=2), dict(zip("ab", [1, 2])), {**d, "c": 3}, dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), {1: "a", 1.0: "b", True: "c"}, {(1, 2): [3]}, dict(["ab", "cd"]))
print(d.get("a"), d.get("z"), d.get("z", 5), d.pop("a"), d.pop("z", None), d, d.setdefault("b", 9), d.setdefault("n", []).append(1), d.setdefault("m"), d, d.popitem(), d, d.update({"b": 5}, q=1), d.update([("w", 2)]), d.update(), d, d.copy(), d.copy() is d, len(d), "b" in d, "zz" not in d)
print(list(d.keys()), list(d.values()), list(d.items()), d.keys(), d.values(), d.items(), d.clear(), d, bool({}), bool({0: 0}))
d = {i: i * i for i in range(5)}
for f in (lambda: d[9], lambda: d["x"], lambda: d.pop(9), lambda: {}.popitem(), lambda: d[[]], lambda: {[]: 1}, lambda: {{}: 1}, lambda: d.pop(), lambda: dict(5), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: dict(["abc"]), lambda: d.update(5), lambda: d + d, lambda: d | [1], lambda: d < d, lambda: d.nope, lambda: d.get(), lambda: d.setdefault([], 1), lambda: hash(d), lambda: d[(1, [])], lambda: dict(1, 2), lambda: d.fromkeys(5), lambda: d.get([]), lambda: [] in d, lambda: {**5}, lambda: d.keys()[0], lambda: d(1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print({"a": 1} | {"b": 2, "a": 3}, {1: 1} == {1.0: True}, {1: 1, 2: 2} == {2: 2, 1: 1}, {1: 1} != {1: 2}, {} == [], {"x": {}} == {"x": dict()})
e = {"a": 1}; e |= {"b": 2}; e |= [("c", 3)]; print(e)
x = {3: "c", 1: "a", 2: "b"}; del x[1]; x[1] = "again"; x[3] = "same place"; print(x, list(x), list(reversed(x)), sorted(x), max(x), sum(x), sorted(x.items(), key=lambda p: p[1]), min(x, key=x.get))
x = {}; x["self"] = x; print(x, repr(x["self"]))
keys = [1, 1.0, True, "1", (1,), None, 2**70, 2.0**70, b"1", frozenset([1]), 0, -0.0, False, "", ()]
x = {}
for i, k in enumerate(keys): x.setdefault(k, []).append(i)
print(x)
nan = float("nan"); n = {nan: 1}; print(n[nan], nan in n, len(n))
n = {"outer": {"inner": [1, {"deep": 2}]}}; n["outer"]["inner"][1]["deep"] += 40; print(n, n["outer"]["inner"][1]["deep"])
x = {i: None for i in range(1000)}
for i in range(0, 1000, 2): del x[i]
for i in range(500): x["k%d" % i] = i
print(len(x), list(x)[:3], list(x)[-1], sum(k for k in x if isinstance(k, int)))
