# Bigint algorithms: factorial digits, Fibonacci doubling, modular exponent, isqrt, gcd, primes, pi digits, division stress.
import math
def fib(n):
    if n == 0: return (0, 1)
    a, b = fib(n >> 1)
    c = a * (2 * b - a)
    d = a * a + b * b
    return (d, c + d) if n & 1 else (c, d)
print(fib(1000)[0], fib(90)[0], fib(93)[0], fib(94)[0])
def pidigits(n):
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    out = []
    while len(out) < n:
        if 4 * q + r - t < m * t:
            out.append(str(m))
            q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
    return "".join(out)
print(pidigits(120))
def isqrt(n):
    x = 1 << ((n.bit_length() + 1) // 2)
    while True:
        y = (x + n // x) // 2
        if y >= x: return x
        x = y
print(isqrt(2 * 10**80), math.isqrt(2 * 10**80) == isqrt(2 * 10**80), math.isqrt(0), math.isqrt(15), math.isqrt(16))
def mr(n):
    if n < 2: return False
    for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        if n % p == 0: return n == p
    d, s = n - 1, 0
    while d % 2 == 0: d //= 2; s += 1
    for a in (2, 3, 5, 7, 11, 13, 17):
        x = pow(a, d, n)
        if x in (1, n - 1): continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1: break
        else:
            return False
    return True
print([p for p in (89, 107, 127) if mr(2**p - 1)], mr(2**101 - 1), mr(10**18 + 9), mr(561))
print(math.gcd(2**100 * 3**50, 2**60 * 3**70) == 2**60 * 3**50, math.lcm(12, 18), math.gcd(), math.gcd(-12, 18), math.lcm(0, 5), math.factorial(30), math.comb(100, 50), math.perm(20, 5))
seed = 12345
def rnd(bits):
    global seed
    r = 0
    for _ in range(bits // 32 + 1):
        seed = (seed * 6364136223846793005 + 1442695040888963407) % 2**64
        r = (r << 32) | (seed >> 32)
    return r % (1 << bits)
acc = 0
for i in range(150):
    a, b = rnd(20 + i * 7), rnd(10 + i * 3) + 1
    if i % 3 == 0: a = -a
    if i % 5 == 0: b = -b
    q, r = divmod(a, b)
    assert q * b + r == a and abs(r) < abs(b)
    assert (a * b) // b == a and (a + b) - b == a and (a - b) + b == a
    assert int(str(a)) == a and int(hex(b), 16) == b
    assert (a << i) >> i == a
    acc ^= q
print(acc % 10**40)
def egcd(a, b): return (a, 1, 0) if b == 0 else (lambda g, x, y: (g, y, x - a // b * y))(*egcd(b, a % b))
g, x, y = egcd(10**40 + 7, 10**39 + 9)
print(g, x, y, x * (10**40 + 7) + y * (10**39 + 9) == g)
n = 27**27
steps = 0
while n != 1 and steps < 3000:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
print(steps, n)
print(sum(int(c) for c in str(2**1000)), str(math.factorial(100))[-30:], 7**77 % 10**20)
