# Slices, unpacking, starred assignment and tuple building in hot loops.
def rotate(l, n):
    for i in range(n):
        l = l[1:] + l[:1]
        if i % 100 == 0: l[::2] = l[::2][::-1]
    return l
print(rotate(list(range(9)), 3000), rotate((1, 2, 3), 0), "".join(rotate(list("abcd"), 2001)))
def swaps(n):
    a, b, c = 1, 2.5, "s"
    for i in range(n):
        a, b, c = c, a, b
        (x, y), *z = (a, b), c, i
        if i % 500 == 0: a, b = b, a
    return a, b, c, x, y, z
print(swaps(4001))
def sums(pairs, n):
    s = t = 0
    for _ in range(n):
        for a, (b, *c) in pairs:
            s += a * b
            t += len(c)
    return s, t
print(sums([(1, (2, 3)), (4, [5]), (6, range(3))], 800))
def bad(n):
    data = [(1, 2)] * n + [(1, 2, 3)]
    k = 0
    try:
        for a, b in data: k += a + b
    except ValueError as e:
        return k, str(e)
print(bad(4000))
def merge_sort(l):
    if len(l) < 2: return l
    m = len(l) // 2
    a, b, out = merge_sort(l[:m]), merge_sort(l[m:]), []
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] <= b[j]: out.append(a[i]); i += 1
        else: out.append(b[j]); j += 1
    return out + a[i:] + b[j:]
d = [(i * 7919) % 1009 for i in range(1000)]
print(merge_sort(d) == sorted(d), merge_sort(list("merge")), merge_sort([2.5, 1, True, 2**70]))
def star(*a): return len(a), a[-1]
t = 0
for i in range(2000): t += star(*range(i % 5), i)[0] + star(*[i], *(1, 2))[1]
print(t)
def perm(n):
    p, count = list(range(n)), 0
    c = [0] * n
    i = 0
    while i < n:
        if c[i] < i:
            j = 0 if i % 2 == 0 else c[i]
            p[j], p[i] = p[i], p[j]
            count += p[0] * p[-1]
            c[i] += 1
            i = 0
        else:
            c[i] = 0
            i += 1
    return count
print(perm(6))
