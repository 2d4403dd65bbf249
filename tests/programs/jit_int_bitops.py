# Hot shifts and bit operations: hashes, xorshift, left shifts that overflow, negative shift counts.
def fnv(n):
    h = 2166136261
    for i in range(n): h = ((h ^ (i & 255)) * 16777619) & 0xffffffff
    return h
print(fnv(20000))
def xorshift(n):
    x = 88172645463325252
    for _ in range(n):
        x ^= (x << 13) & 0xffffffffffffffff
        x ^= x >> 7
        x ^= (x << 17) & 0xffffffffffffffff
    return x
print(xorshift(8000))
def shl(n):
    out = []
    x = 1
    for i in range(n):
        x <<= 1
        if i % 16 == 15: out.append(x)
        if i % 70 == 69: x = -3 if i % 140 == 69 else 5
    return out
print(shl(300), sum(shl(6000)))
def shifts(n):
    s = 0
    for i in range(n):
        k = i % 70
        s ^= (1 << k) + (-1 << k) + ((2**65) >> k) + ((-2**65) >> k) + (i >> k) + (-i >> k)
    return s
print(shifts(6000))
def bits(n):
    s = 0
    for i in range(n): s += (i & -i) | (i ^ (i >> 1)) & ~(i << 2)
    return s
print(bits(20000))
def neg(n):
    for i in range(n, -5, -1): x = 1 << i
    return x
try:
    neg(50)
except ValueError as e:
    print(e)
def pop(n):
    c = 0
    while n:
        c += n & 1
        n >>= 1
    return c
print(sum(pop(i) for i in range(3000)), pop(2**200 - 1), sum(pop(i ^ 2**64) for i in range(500)))
