# bytes: literals, indexing, slicing, methods, constructors, formatting, errors.
b = b"hello\x00\xff\n'\""
print(b, len(b), b[0], b[-1], b[1:4], b[::-1], list(b[:3]), b + b"x", b[:2] * 2, b"l" in b, 104 in b, 300 in [104], b == bytes(list(b)))
print(bytes(), bytes(3), bytes([1, 2, 255]), bytes("é", "utf-8"), bytes(b"copy"), bytes(range(65, 70)), bytes((1,)), bytes(x for x in [7, 8]), b"it's", b'say "x"', b"\\", b"\t\r", b"\x7f\x80")
for f in (lambda: bytes([256]), lambda: bytes([-1]), lambda: bytes(-1), lambda: bytes("a"), lambda: bytes(["a"]), lambda: bytes(1.5), lambda: bytes(None), lambda: b[99], lambda: b + "s", lambda: "s" + b"b", lambda: b["a"], lambda: b"a" < "a", lambda: "a" in b, lambda: 256 in b, lambda: b"a" * "b", lambda: b"a".join(["x"]), lambda: b"a".find("a"), lambda: b"abc".index(b"z"), lambda: b"a".split(""), lambda: b"a".replace("a", b"b"), lambda: b"a".fromhex("zz"), lambda: bytes(2**70)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
t = b"The quick  brown fox"
print(t.upper(), t.lower(), t.title(), t.swapcase(), t.capitalize(), t.split(), t.split(b" "), t.rsplit(None, 1), t.partition(b" "), t.find(b"q"), t.find(113), t.rfind(b"o"), t.count(b"o"), t.count(111), t.index(b"fox"), t.startswith(b"The"), t.startswith((b"x", b"T")), t.endswith(b"x"), t.replace(b" ", b"_"), t.replace(b"o", b"", 1))
print(b" x ".strip(), b"xxaxx".strip(b"x"), b"a,b".join([b"1", b"2", b"3"]), b"a\nb\r\nc".splitlines(), b"7".zfill(3), b"ab".center(6, b"*"), b"ab".ljust(4) + b"|", b"ab".rjust(4), b"abc".translate(bytes(range(256)), b"b"), b"pre-x".removeprefix(b"pre-"), b"a\tb".expandtabs(4))
print(b"abc".hex(), b"\x01\xab".hex("-"), b"\x01\xab\xcd\xef".hex(":", 2), bytes.fromhex("01 ab CD"), b"abc".isalpha(), b"12".isdigit(), b"a1".isalnum(), b" ".isspace(), b"A".isupper(), b"a".islower(), b"\xff".isascii())
print(b"a" < b"b", b"a" < b"aa", b"" < b"\x00", b"a" == "a", b"a" != b"A", sorted([b"b", b"a", b"", b"ab"]), max(b"abc"), min(b"abc"), sum(b"abc"), hash(b"a") == hash(bytes([97])), {b"k": 1}[b"k"], [x for x in b"ab"], list(reversed(b"ab")), list(enumerate(b"a")), tuple(b"xy"), bool(b""), bool(b"\0"))
print(b"%s %d %x %r %%" % (b"a", 5, 255, "q"), b"%5d|%-5s|%c" % (1, b"x", 65), str(b"abc"), repr(b"\xe9"), ascii(b"\xe9"), "%s" % b"x", f"{b'y'}", b"abc".decode(), b"abc"[1:2], isinstance(b, bytes), type(b[0:1]).__name__, bytes.maketrans(b"a", b"b")[97])
