# Hot loops at module level: globals as loop variables, changed types, functions defined in the loop.
total = 0
for i in range(20000):
    total += i
print(total, i)
x = 1
k = 0
while k < 3000:
    x = x * 3 % 1000003
    k += 1
    if k == 1500: x = float(x)
    if k == 2900: x = int(x)
print(x, k)
acc = []
for i in range(3000):
    def f(v=i): return v * 2
    acc.append(f() % 7)
print(sum(acc), f())
for i in range(2000):
    class C:
        n = i
    if i % 500 == 0: print(C.n, C().n)
d = {}
for word in ("the quick brown fox jumps over the lazy dog " * 100).split():
    d[word] = d.get(word, 0) + 1
print(sorted(d.items()))
m = [[(i * j) % 7 for j in range(30)] for i in range(30)]
s = 0
for row in m:
    for v in row:
        if v == 0: continue
        if v == 6: break
        s += v
    else:
        s += 1000
print(s)
try:
    for i in range(5000):
        y = 1 / (4999 - i)
except ZeroDivisionError as e:
    print(i, e, round(y, 3))
for i in range(2000):
    if i == 1000: total = "now a string"
    t = total
print(t)
i = 0
while True:
    i += 1
    if i % 2: continue
    if i > 5000: break
else:
    print("never")
print(i)
g = (a * b for a in range(50) for b in range(50))
s = 0
for v in g: s ^= v
print(s)
fact = 1
for n in range(1, 60): fact *= n
print(fact)
del fact
for n in range(1000):
    name = "var%d" % (n % 3)
    globals()[name] = n
print(var0, var1, var2)
