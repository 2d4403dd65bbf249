# Shifts and bit operations on small, 64-bit and big integers of both signs; bit_length, bit_count, to/from bytes.
# turnstile: stress
vals = [0, 1, -1, 5, -5, 255, -256, 2**31, -2**31, 2**48 + 5, 2**63 - 1, -2**63, 2**64, -2**64, 2**100 + 12345, -2**100 - 777, -(2**128) + 1]
for v in vals:
    print(v << 3, v >> 3, v << 70, v >> 70, v >> 1000, ~v, v.bit_length(), v.bit_count())
for a in vals[:]:
    print([a & b for b in (0, 0xff, -1, -2, 2**64 - 1, -2**65)], [a | b for b in (0, 15, -16, 2**70)], [a ^ b for b in (1, -1, 2**66 - 3)])
for a in vals:
    for b in vals:
        assert (a & b) + (a | b) == a + b
        assert (a ^ b) == (a | b) - (a & b)
        assert ~(a & b) == (~a | ~b)
print(1 << 0, 1 << 62, 1 << 63, 1 << 64, -1 << 63, -1 >> 5, 1 >> 1, 0 << 10**6, -8 >> 1, -7 >> 1, 2**64 >> 64, -2**64 >> 64, -2**64 >> 65)
for f in (lambda: 1 << -1, lambda: 1 >> -1, lambda: 2**70 << -1, lambda: 1 << 1.0, lambda: 1 & 1.0, lambda: "a" | 1, lambda: ~1.5, lambda: 1 ^ None):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(True & False, True | False, True ^ True, True & 3, type(True & True).__name__, type(True & 1).__name__, type(True ^ False).__name__)
for v, n in ((0, 1), (255, 1), (256, 2), (2**63, 8), (10**20, 12), (1, 0 + 4)):
    print(v.to_bytes(n, "big"), v.to_bytes(n, "little"), int.from_bytes(v.to_bytes(n, "little"), "little") == v)
print((-1).to_bytes(3, "big", signed=True), (-128).to_bytes(1, "big", signed=True), (-10**20).to_bytes(10, "little", signed=True), (5).to_bytes())
print(int.from_bytes(b"\xff\xfe", "big"), int.from_bytes(b"\xff\xfe", "big", signed=True), int.from_bytes(b"\xff\xfe", "little"), int.from_bytes(b"", "big"), int.from_bytes([1, 2, 3], "big"), int.from_bytes(b"\x80" + b"\0" * 9, "big", signed=True))
for f in (lambda: (256).to_bytes(1, "big"), lambda: (-1).to_bytes(1, "big"), lambda: (128).to_bytes(1, "big", signed=True), lambda: (1).to_bytes(1, "middle"), lambda: (1).to_bytes(-1, "big")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def popcount(n):
    c = 0
    while n:
        n &= n - 1
        c += 1
    return c
print(popcount(2**200 - 1), popcount(0xdeadbeefdeadbeefdeadbeef), (2**200 - 1).bit_count(), (-5).bit_count())
def rotl(x, k, w=64): return ((x << k) | (x >> (w - k))) & ((1 << w) - 1)
print([hex(rotl(0x0123456789abcdef, k)) for k in (1, 8, 33, 63)])
h = 14695981039346656037
for c in b"hash me":
    h = ((h ^ c) * 1099511628211) & 0xffffffffffffffff
print(hex(h))
x = 1
for i in range(200):
    x = (x << 1) ^ (0x1b if x & 0x80000000000000000000 else 0)
    x &= (1 << 81) - 1
print(x)
print((5).numerator, (5).denominator, (5).real, (5).imag, (5).conjugate(), (7).as_integer_ratio())
