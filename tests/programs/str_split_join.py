# split, rsplit, splitlines, partition, join, strip family, with and without arguments.
# turnstile: stress
for s in ("a b  c", "  lead and trail  ", "", "   ", "a\tb\nc\x0bd\xa0e\u2003f", "one"):
    print(repr(s), s.split(), s.split(" "), s.split(None, 1), s.rsplit(None, 1), s.split(maxsplit=0), s.rsplit())
for s, sep in (("a,b,,c,", ","), ("", ","), (",", ","), ("a--b--c", "--"), ("aaa", "aa"), ("日,本", ","), ("a,b", "xyz")):
    print(s.split(sep), s.rsplit(sep), s.split(sep, 1), s.rsplit(sep, 1), s.split(sep, -1), s.split(sep, 0), s.partition(sep), s.rpartition(sep))
for s in ("a\nb\r\nc\rd", "a\n", "\n\n", "", "x\x0by\x0cz\x1cw\u2028v\x85u", "no newline"):
    print(s.splitlines(), s.splitlines(True))
for s in ("  pad  ", "xxhixx", "\t\n x \r", "", "xyx", "日本日"):
    print([s.strip(), s.lstrip(), s.rstrip(), s.strip("x"), s.lstrip("x "), s.rstrip("x "), s.strip("xy日"), s.strip("")])
print(",".join(["a", "b"]), "".join([]), ",".join("abc"), "-".join(["solo"]), ", ".join(str(i) for i in range(5)), "x".join({"k": 1}), "é".join(("1", "2", "3")), "".join(["日"] * 3))
for f in (lambda: ",".join([1]), lambda: ",".join(["a", None]), lambda: ",".join(5), lambda: "a".split(""), lambda: "a".partition(""), lambda: "a".split(5), lambda: "a".strip(5), lambda: "a".join("b", "c"), lambda: ",".join([b"x"])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print("abc".center(9, "*"), "abc".center(8, "*"), "ab".center(5, "*"), "abc".ljust(6) + "|", "abc".rjust(6, "日"), "abc".center(2), "42".zfill(5), "-42".zfill(5), "+4".zfill(4), "".zfill(2), "--1".zfill(6), "a\tbc\td".expandtabs(), "a\tbc\td".expandtabs(4), "\t".expandtabs(0) + "|", "12\n\tx".expandtabs(3))
try:
    "a".center(5, "ab")
except TypeError as e:
    print(e)
