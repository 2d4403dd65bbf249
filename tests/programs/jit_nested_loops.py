# Nested loops, break/continue at several levels, while-else, for-else, loop variables after the loop.
def nest(n):
    c = 0
    for i in range(n):
        for j in range(n):
            if j == i: continue
            for k in range(n):
                if k > j: break
                c += i ^ j ^ k
            else:
                c += 1000
        else:
            c -= 1
    return c, i, j, k
print(nest(25))
def primes(n):
    out = []
    k = 2
    while len(out) < n:
        for p in out:
            if p * p > k:
                out.append(k)
                break
            if k % p == 0: break
        else:
            out.append(k)
        k += 1
    return out
print(primes(500)[-3:], sum(primes(800)))
def collatz(limit):
    best = (0, 0)
    for n in range(1, limit):
        c, x = 0, n
        while True:
            if x == 1: break
            if x % 2 == 0:
                x //= 2
                c += 1
                continue
            x = 3 * x + 1
            c += 1
        if c > best[0]: best = c, n
    return best
print(collatz(1500))
def gcds(n):
    s = 0
    for a in range(1, n):
        for b in range(a, n):
            x, y = a, b
            while y: x, y = y, x % y
            s += x
    return s
print(gcds(90))
def triples(n): return [(a, b, c) for c in range(1, n) for b in range(1, c) for a in range(1, b) if a * a + b * b == c * c]
print(triples(40))
def spiral(n):
    m = [[0] * n for _ in range(n)]
    x = y = dx = 0
    dy, k = 1, 1
    while k <= n * n:
        m[x][y] = k
        k += 1
        nx, ny = x + dx, y + dy
        if not (0 <= nx < n and 0 <= ny < n and m[nx][ny] == 0):
            dx, dy = dy, -dx
            nx, ny = x + dx, y + dy
        x, y = nx, ny
    return m
print(spiral(5), sum(map(sum, spiral(40))))
def early(n):
    for i in range(n):
        for j in range(n):
            if i * j == 1722: return i, j
print(early(60), early(3))
def down(n):
    s = 0
    while n:
        n -= 1
        if n % 5 == 0: continue
        if n == 13: break
        s += n
    else:
        s = -s
    return s, n
print(down(10000), down(12))
def strides():
    s = 0
    for step in (1, 2, 3, -1, -2, 7):
        for i in range(100 if step < 0 else 0, 0 if step < 0 else 100, step): s = s * 3 % 10007 + i
    return s
for _ in range(30): r = strides()
print(r)
