# Indexing, slicing, repetition, comparison, concatenation, iteration, errors; ASCII, Latin-1, BMP and astral strings.
# turnstile: stress
for s in ("hello", "héllo", "日本語です", "a\U0001f600b\U0001f601c", ""):
    print(len(s), [s[i:j] for i in (None, 0, 2, -2, 9) for j in (None, 1, -1, 9)], s[::-1], s[::2], s[1::3], s[-1:0:-2], s[5:1:-1])
s = "hello"
print(s[0], s[-1], s[4], s[-5], s[True], s * 3, 2 * s, s * 0, s * -1, s + "é", s + "日" + "\U0001f600", "a" "b")
for f in (lambda: s[5], lambda: s[-6], lambda: s["a"], lambda: s[1.0], lambda: s[::0], lambda: s + 1, lambda: 1 + s, lambda: s * "a", lambda: s * 1.5, lambda: s - "h", lambda: s[None], lambda: s[1, 2], lambda: s["a":], lambda: s + b"x", lambda: s < 1, lambda: s[10**30], lambda: s % 5, lambda: -s, lambda: s()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print("a" < "b", "a" < "aa", "Z" < "a", "é" > "z", "日" > "é", "\U0001f600" > "\uffff", "" < "a", "abc" == "abc", "a" != "A", "10" < "9", sorted(["b", "B", "a", "é", "", "日", "aa", "\U0001f600"]))
print(list("aé日\U0001f600"), [ord(c) for c in "aé日\U0001f600"], chr(97), chr(233), chr(0x65e5), chr(0x1f600), chr(0x10ffff) == "\U0010ffff", "".join(map(chr, range(60, 70))))
for v in (-1, 0x110000, "a", 2**40, 1.5):
    try:
        chr(v)
    except Exception as e:
        print(type(e).__name__, e)
for v in ("", "ab", 5, b"ab", b"a"):
    try:
        print(ord(v))
    except Exception as e:
        print(type(e).__name__, e)
print(str(), str(5), str(None), str([1, "a"]), str("x"), str(1.0), str(True), str(b"by", "ascii"), repr("a'b"), repr('a"b'), repr("a'b\"c"), repr("\\ \n \r \t \x00 \x1b \x7f \x80 \xad \u0378 \ue000 \U000e0001 \ud800".encode("unicode_escape") if False else "\\ \n \r \t \x00 \x1b \x7f \x80 \xad \u0378 \ue000 \U000e0001"))
print(max("hello"), min("hello"), sorted("hello"), list(reversed("abc")), list(enumerate("ab", 1)), list(zip("ab", "cd")), "l" in s, len("é"), len("e\u0301"), set("aab") == {"a", "b"}, dict.fromkeys("aab"), tuple("xy"), [*"pq"], "-".join("xyz"))
h = {}
for k in ("a", "a" + "", "".join(["a"]), "ab"[0], "ba"[1:]): h[k] = h.get(k, 0) + 1
print(h, hash("a") == hash("".join(["a"])))
