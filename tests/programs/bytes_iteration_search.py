# Algorithms over bytes: checksums, run-length encoding, base64 by hand, hexdump, parsing.
data = bytes((i * 37 + 11) % 256 for i in range(300))
def adler(d):
    a, b = 1, 0
    for c in d:
        a = (a + c) % 65521
        b = (b + a) % 65521
    return b << 16 | a
def crc32(d):
    c = 0xffffffff
    for x in d:
        c ^= x
        for _ in range(8): c = c >> 1 ^ (0xedb88320 if c & 1 else 0)
    return c ^ 0xffffffff
print(adler(data), hex(crc32(data)), hex(crc32(b"123456789")))
def rle(d):
    out, i = b"", 0
    while i < len(d):
        j = i
        while j < len(d) and d[j] == d[i] and j - i < 255: j += 1
        out += bytes([j - i, d[i]])
        i = j
    return out
def unrle(d): return b"".join(d[i + 1:i + 2] * d[i] for i in range(0, len(d), 2))
z = b"a" * 300 + b"bc" + b"\x00" * 5
print(rle(z), unrle(rle(z)) == z)
A = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
def b64(d):
    out = []
    for i in range(0, len(d), 3):
        c = d[i:i + 3]
        n = int.from_bytes(c + b"\0" * (3 - len(c)), "big")
        out.append(bytes([A[n >> 18 & 63], A[n >> 12 & 63], A[n >> 6 & 63], A[n & 63]])[:len(c) + 1] + b"=" * (3 - len(c)))
    return b"".join(out)
print(b64(b"Many hands make light work."), b64(b"ab"), b64(b"a"), b64(data[:20]))
for i in range(0, 48, 16):
    c = data[i:i + 16]
    print("%08x  %-48s |%s|" % (i, c.hex(" "), "".join(chr(x) if 32 <= x < 127 else "." for x in c)))
def varint(n):
    out = []
    while True:
        out.append(n & 127 | (128 if n > 127 else 0))
        n >>= 7
        if not n: return bytes(out)
def unvarint(b):
    n = s = 0
    for x in b:
        n |= (x & 127) << s
        s += 7
    return n
print([varint(n).hex() for n in (0, 127, 128, 300, 2**64)], all(unvarint(varint(n)) == n for n in (0, 1, 2**31, 2**70)))
req = b"GET /x?a=1&b=%20 HTTP/1.1\r\nHost: example\r\nN: 5\r\n\r\nbody"
head, _, body = req.partition(b"\r\n\r\n")
first, *lines = head.split(b"\r\n")
print(first.split(), dict(l.split(b": ") for l in lines), body, {k: v for k, v in (p.split(b"=") for p in first.split()[1].split(b"?")[1].split(b"&"))})
print(bytes(a ^ b for a, b in zip(b"secret", b"keykey")), data.find(bytes([11])), data.count(b"\x0b"), len(set(data)), data[::50].hex(), bytes(sorted(data[:10])))
