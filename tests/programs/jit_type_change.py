# Type changes in the middle of a hot loop: int to float to str to list to None.
def add_all(items):
    it = iter(items)
    acc = next(it)
    for x in it: acc = acc + x
    return acc
ints, floats = list(range(4000)), [i / 2 for i in range(4000)]
print(add_all(ints), add_all(floats), add_all(ints + floats), add_all(["a"] * 3000)[-5:], len(add_all([[1]] * 500)), add_all([(1,), (2, 3)]), add_all(ints + [2**70] + floats), add_all([True] * 3000))
try:
    add_all(ints + ["x"])
except TypeError as e:
    print(e)
try:
    add_all(["x"] * 3000 + [None])
except TypeError as e:
    print(e)
def change(n):
    x = 0
    log = []
    for i in range(n):
        if i == n // 4: x = float(x)
        if i == n // 2: x = str(x)
        if i == 3 * n // 4: x = [x]
        if isinstance(x, (int, float)): x = x + 1
        elif isinstance(x, str): x = x[-6:] + "!"
        else: x.append(i) if len(x) < 5 else x.pop(1)
        if i % (n // 8) == 0: log.append((i, x if not isinstance(x, list) else list(x)))
    return log
print(change(8000))
def mixed(n):
    s = 0
    for i in range(n):
        v = i if i % 3 == 0 else i * 0.5 if i % 3 == 1 else True
        s += v
    return s
print(mixed(9000))
def cmp(vals, n):
    c = 0
    for i in range(n):
        if vals[i % len(vals)] < vals[(i + 1) % len(vals)]: c += 1
        if vals[i % len(vals)] == 1: c += 10
    return c
print(cmp([1, 2.5, True, 2**70, -1, 0.0, float("nan")], 7000), cmp(["a", "b", ""], 3000))
def once(n):
    x = 1
    for i in range(n):
        if i == n - 2: x = "late"
        y = x
    return y
print(once(20000))
