# What errors of codecs tell.
# turnstile: stress
def t(f):
    try: f()
    except Exception as e:
        print(type(e).__name__, e.args, str(e), [getattr(e, n, None) for n in ("encoding","object","start","end","reason")])
t(lambda: "é".encode("ascii"))
t(lambda: "aéé".encode("ascii"))
t(lambda: b"\xff".decode("utf-8"))
t(lambda: b"a\xc3(".decode("utf-8"))
t(lambda: b"\x80".decode("ascii"))
t(lambda: "\ud800".encode("utf-8"))
t(lambda: "\u1234".encode("latin-1"))
t(lambda: UnicodeDecodeError("a"))
def m():
    raise UnicodeEncodeError("enc", "abc", 1, 2, "because")
t(m)
def m():
    raise UnicodeDecodeError("enc", b"abc", 1, 3, "because")
t(m)
t(lambda: UnicodeEncodeError("enc", b"abc", 1, 2, "because"))
t(lambda: "x".encode("nope"))
t(lambda: b"x".decode("nope"))
