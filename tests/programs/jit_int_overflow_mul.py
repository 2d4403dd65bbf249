# Hot multiplications and powers that overflow 64 bits in the middle of a loop.
def geo(base, n):
    x = 1
    out = []
    for i in range(n):
        x = x * base
        if i % 10 == 9: out.append(x)
    return out
for b in (2, -2, 3, 10, -7): print(geo(b, 40))
def mulmod(a, m, n):
    x = 1
    for _ in range(n): x = x * a % m
    return x
print(mulmod(3, 10**9 + 7, 20000), mulmod(3, 2**31 - 1, 20000), mulmod(12345678901, 2**61 - 1, 20000), mulmod(7, 2**89 - 1, 5000))
def lcg(n):
    x = 42
    for _ in range(n): x = (x * 6364136223846793005 + 1442695040888963407) % 2**64
    return x
print(lcg(20000))
def edge():
    r = []
    for a in (2**31, 2**32, 3037000499, 3037000500, 2**47 - 1, 2**62, 2**63 - 1, -2**63, -2**31):
        for b in (0, 1, -1, 2, 2**31, -2**32, 3037000500, 2**63 - 1, -2**63):
            r.append(a * b)
    return r
for _ in range(50): e = edge()
print(e)
def fact(n):
    r = 1
    while n > 1:
        r *= n
        n -= 1
    return r
for _ in range(100): f = fact(25)
print(f, [fact(i) for i in (18, 19, 20, 21, 22)])
