# Values that move between inline ints, 64-bit ints, bigints, bools and floats inside one hot loop.
def collatz_peak(n):
    x, peak = n, n
    while x != 1:
        x = x * 3 + 1 if x & 1 else x >> 1
        if x > peak: peak = x
    return peak
print([collatz_peak(n) for n in (27, 113383, 2**61 + 1, 2**63 - 1, 837799)])
def updown(n, step):
    x, signs = 1, 0
    for i in range(n):
        if i // 64 % 2 == 0: x = x * step
        else: x = x // step
        signs += x > 2**62
    return x, signs
print(updown(2048, 2), updown(1024, -3), updown(640, 2**20))
def boundary(n):
    c = [0, 0, 0, 0]
    for i in range(-n, n):
        v = 2**63 + i
        c[0] += v - i == 2**63
        c[1] += (v > 2**63 - 1) + (v == 2**63) + (v != 2**63 - 1)
        c[2] += -v < -2**63
        c[3] ^= v % 1000 + v // 2**60
    return c
print(boundary(1500))
def fibmod(n, m):
    a, b = 0, 1
    for _ in range(n): a, b = b, (a + b) % m
    return a
print(fibmod(5000, 2**31), fibmod(5000, 2**63), fibmod(5000, 2**64 + 13), fibmod(3000, 10**30))
def tofloat(n):
    x = 1
    for i in range(n):
        x = x * 2
        if i % 100 == 99: x = float(x) if isinstance(x, int) else int(x)
        if i % 300 == 299: x = True
    return x
print(tofloat(90), tofloat(150), tofloat(1200), tofloat(250))
def digits(n):
    s = 0
    x = 3**n
    while x:
        x, r = divmod(x, 10)
        s += r
    return s
print(digits(100), digits(500), [digits(k) for k in range(30)])
def cmp_mixed(vals):
    return [[(a < b) + 2 * (a == b) for b in vals] for a in vals]
for _ in range(40): m = cmp_mixed([0, -1, 2**47, 2**53, 2**53 + 1, float(2**53), 2**63, float(2**63), -2**64, 1e300, True, 0.5])
print(m)
