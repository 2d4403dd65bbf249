# Strings in hot loops: concatenation, indexing, comparison, formatting, methods, dict keys.
def build(n):
    s = ""
    for i in range(n): s += chr(97 + i % 26)
    return s
s = build(3000)
print(len(s), s[:30], s[-4:])
def count(s, ch):
    c = 0
    for x in s:
        if x == ch: c += 1
    return c
print(count(s, "a"), count("é日本" * 500, "日"), count([1, "a"] * 500, "a"))
def index(s):
    t = 0
    for i in range(-len(s), len(s)): t += ord(s[i]) * (i % 3)
    return t
print(index(s), index("aé日😀" * 200))
try:
    for i in range(len(s) + 1): s[i]
except IndexError as e:
    print(e, i)
def pal(n): return sum(1 for i in range(n) if str(i) == str(i)[::-1])
print(pal(5000))
def fmt(n):
    t = 0
    for i in range(n): t += len("%d:%s" % (i, i)) + len(f"{i:05d}{i / 7:.3f}") + len("{}-{!r}".format(i, str(i)))
    return t
print(fmt(1500))
def words(n):
    d = {}
    for i in range(n):
        w = "w" + str(i * i % 97)
        d[w] = d.get(w, 0) + 1
    return sorted(d.items(), key=lambda p: (-p[1], p[0]))[:3], len(d)
print(words(5000))
def caesar(s, k):
    out = []
    for c in s:
        if "a" <= c <= "z": out.append(chr((ord(c) - 97 + k) % 26 + 97))
        elif c.isupper(): out.append(c.lower())
        else: out.append(c)
    return "".join(out)
print(caesar("Hello, World! " * 3, 3), caesar(caesar(s, 5), 21) == s)
def methods(n):
    t = 0
    for i in range(n):
        w = " Ab%d,cd " % i
        t += len(w.strip().upper().replace("A", "xx").split(",")[0]) + w.find("c") + w.startswith(" A") + (w in "zz")
    return t
print(methods(2000))
def cmp(n):
    c = 0
    prev = ""
    for i in range(n):
        cur = str(i)
        if cur > prev: c += 1
        prev = cur
    return c
print(cmp(3000))
def mult(n):
    t = 0
    for i in range(n): t += len("ab" * (i % 5)) + len("" * i) + len("x" * -i)
    return t
print(mult(3000))
b = b""
for i in range(500): b += bytes([i % 256])
print(len(b), sum(b), b[255], b[-1], b[97:103])
