# Assignment expressions.
# turnstile: stress
if (n := 10) > 5:
    print("n", n)
data = [1, 2, 3, 4, 5, 6]
it = iter(data)
while (v := next(it, None)) is not None:
    print(v, end=" ")
print(v)
print([y for x in data if (y := x * x) > 9], y)
print((a := 1, b := 2, a + b)[2], a, b)
def f():
    total = 0
    partial = [total := total + v for v in data]
    return partial, total
print(f())
def g():
    if any((hit := x) > 3 for x in data):
        return hit
print(g())
print(f"{(z := 5)} {z + 1}")
def nested():
    def inner():
        nonlocal w
        return (w := w + 1)
    w = 0
    inner(); inner()
    return w
print(nested())
def gl():
    global G
    return (G := "set")
print(gl(), G)
x = (y := 5) + (y := y * 2) + y
print(x, y)
print({(k := i): k * 2 for i in range(3)}, k)
i = 0
while (i := i + 1) < 5:
    if i == 2:
        continue
    print(i, end=",")
print(i)
print((lambda: (q := 3) * q)())
def first_match(words):
    return next((m for w in words if (m := w.upper()).startswith("B")), None)
print(first_match(["ab", "bc"]), first_match([]))
lst = [0]
print(lst[(j := 0)], j, (lst := [9, *lst]), lst)
print(all((last := e) < 4 for e in data), last)
assert (c := 3) == 3
print(c)
