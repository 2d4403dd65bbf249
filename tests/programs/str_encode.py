# encode/decode: utf-8, latin-1, ascii, utf-16/32, error handlers and messages.
# turnstile: stress
for s in ("abc", "é", "日本", "\U0001f600", "", "a\x00b"):
    print(s.encode(), s.encode("utf-8") == s.encode("UTF8"), s.encode("utf-8").decode() == s, s.encode("utf-16-le"), s.encode("utf-16-be"), s.encode("utf-32-le"), s.encode("utf-16").decode("utf-16") == s)
print("é".encode("latin-1"), "é".encode("iso-8859-1"), b"\xe9".decode("latin-1"), b"\xff\x00".decode("latin1"), "abc".encode("ascii"), b"abc".decode("us-ascii"))
for s, enc, err in (("é", "ascii", "strict"), ("aéb日c", "ascii", "ignore"), ("aéb日", "ascii", "replace"), ("aé日\U0001f600", "ascii", "backslashreplace"), ("é日", "ascii", "xmlcharrefreplace"), ("日", "latin-1", "strict"), ("日x", "latin-1", "replace"), ("\ud800", "utf-8", "strict"), ("a\ud800", "utf-8", "surrogatepass"), ("a\ud800", "utf-8", "replace"), ("x", "nope", "strict"), ("é", "ascii", "nope"), ("éé日", "ascii", "strict")):
    try:
        print(s.encode(enc, err))
    except (UnicodeEncodeError, LookupError) as e:
        print(type(e).__name__, e)
for b, enc, err in ((b"\xff", "utf-8", "strict"), (b"a\xffb", "utf-8", "replace"), (b"a\xffb", "utf-8", "ignore"), (b"a\xff\xfeb", "utf-8", "backslashreplace"), (b"\xe6\x97", "utf-8", "strict"), (b"\xe6\x97x", "utf-8", "replace"), (b"\xc0\x80", "utf-8", "strict"), (b"\xed\xa0\x80", "utf-8", "strict"), (b"\xf4\x90\x80\x80", "utf-8", "replace"), (b"\x80abc", "ascii", "strict"), (b"\x80abc", "ascii", "replace"), (b"abc", "nope", "strict"), (b"a\xff", "utf-8", "surrogateescape")):
    try:
        print(ascii(b.decode(enc, err)))
    except (UnicodeDecodeError, LookupError) as e:
        print(type(e).__name__, e)
try:
    b"ab\xffcd".decode()
except UnicodeDecodeError as e:
    print(e.encoding, e.object, e.start, e.end, e.reason, isinstance(e, ValueError))
print(str(b"\xc3\xa9", "utf-8"), str(b"abc", encoding="ascii", errors="ignore"), bytes("é", "utf-8"), bytes("é", "latin-1"))
for f in (lambda: bytes("a"), lambda: str("a", "utf-8"), lambda: str(5, "utf-8"), lambda: "a".encode(5), lambda: "a".decode("utf-8"), lambda: b"a".encode()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
