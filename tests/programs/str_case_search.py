# Case methods, find/index/count/startswith/endswith/replace/translate, Unicode included.
# turnstile: stress
for s in ("Hello World", "hELLO wORLD's 3rd x", "", "ß straße", "ǆ ﬁne", "ÉCOLE été", "ΑΣ", "İi", "123abc", "日本", "a_b-c"):
    print([s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold()])
s = "abracadabra"
print(s.find("a"), s.find("a", 1), s.find("a", 4, 5), s.find("z"), s.rfind("a"), s.rfind("a", 0, 10), s.find(""), s.find("", 5), s.find("", 50), s.rfind(""), s.index("bra"), s.rindex("bra"), s.find("abra", -4), s.find("a", -100), s.find("bra", 2, -1))
print(s.count("a"), s.count("abra"), s.count(""), "".count(""), s.count("a", 3), s.count("a", -3), "aaaa".count("aa"), s.count("x"))
for f in (lambda: s.index("z"), lambda: s.rindex("z"), lambda: s.find(5), lambda: s.count(None), lambda: s.startswith(5), lambda: s.replace("a", 1), lambda: s.startswith(["a"])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(s.startswith("abra"), s.startswith("bra", 1), s.startswith(("x", "ab")), s.startswith(""), s.startswith("", 20), s.endswith("bra"), s.endswith("abr", 0, -1), s.endswith(("x", "a")), s.endswith(()), "".startswith(""))
print(s.replace("a", "A"), s.replace("a", "A", 2), s.replace("", "-"), s.replace("", "-", 3), s.replace("abra", ""), s.replace("z", "y"), "".replace("", "x"), "aaa".replace("aa", "b"), s.replace("a", "é日"))
print(s.translate({97: "A", ord("b"): None, 99: 0x1F600}), "abc".translate(str.maketrans("abc", "xyz")), "abc".translate(str.maketrans("ab", "12", "c")), "abc".translate(str.maketrans({"a": "long", "b": None})))
print(s.removeprefix("abra"), s.removesuffix("abra"), s.removeprefix("x"), "ab" in s, "" in s, "x" not in s, "é" in "café", "\U0001f600" in "a\U0001f600b")
for c in ("a", "A", "1", " ", "", "aB1", "²", "½", "Ⅷ", "é", "日", "_", "a b", "Ab", "AB", "\t\n", "١", "ǅ", "a1", "def", "1a", "\x00", "\xa0"):
    print(repr(c), [int(f(c)) for f in (str.isalpha, str.isdigit, str.isdecimal, str.isnumeric, str.isalnum, str.isspace, str.isupper, str.islower, str.istitle, str.isidentifier, str.isprintable, str.isascii)])
