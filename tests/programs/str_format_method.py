# str.format: fields, attributes, indices, conversions, nested specs, escaping, errors; format_map.
# turnstile: stress
class P:
    def __init__(self): self.x, self.d, self.l = 1, {"k": "v", "a b": 2}, [10, [20]]
p = P()
print("{} {} {}".format(1, "a", None), "{0} {1} {0}".format("x", "y"), "{a} {b}".format(a=1, b=2), "{0} {k}".format(1, k=2), "{{}} {{{}}}".format(5), "".format(), "plain".format(1, 2))
print("{0.x} {0.d[k]} {0.d[a b]} {0.l[0]} {0.l[1][0]} {p.x:03d}".format(p, p=p), "{[1]}".format("abc"), "{0[0]}{0[2]}".format([1, 2, 3]))
print("{!r} {!s} {!a}".format("é", "é", "é"), "{:>6}|{:<6}|{:^6}|{:*^7}|".format("ab", "ab", "ab", "ab"), "{:{}}|{:{w}.{p}f}|".format("x", 5, 3.14159, w=8, p=2), "{0:{1}{2}}|".format("z", ">", 4), "{:{fill}{align}{width}}|".format("q", fill="#", align="^", width=5))
print("{:,} {:_} {:x} {:#b} {:e} {:.2%} {:c} {:5}| {:5}|".format(1234567, 1234567, 255, 5, 1234.5, 0.123, 65, 7, "s"), "{:s} {:.2s} {:5.1s}|".format("abc", "abc", "abc"), "{:10}|{:<10}|{!s:10}|{!r:>8}|".format(True, None if False else 1.5, None, "a"))
tests = ["{", "}", "{0", "{} {0}", "{0} {}", "{1}", "{k}", "{!x}", "{!}", "{0.nope}", "{0[9]}", "{:zz}", "{a.b}", "{0[k]}", "{!rr}", "{0!r:x}", "}{", "{0[}", "{0.}", "{:d}", "{:{}}", "{a b}"]
for t in tests:
    try:
        print(t, "->", t.format("arg"))
    except Exception as e:
        print(t, "->", type(e).__name__, e)
class Default(dict):
    def __missing__(self, k): return "<" + k + ">"
print("{a} {b}".format_map(Default(a=1)), "{x}".format_map({"x": [1]}))
class F:
    def __format__(self, s): return "spec=" + repr(s)
print("{} {:abc} {:{}}".format(F(), F(), F(), "nested"), "{:%Y-%m}".format(F()))
print(format("abc", ">5"), format("abc", ".1"), format("é日", "*^6"), format("", "3") + "|", format("abc", "2"))
for v, s in (("a", "d"), ("a", "+"), ("a", "="), ("a", ","), ("a", "05"), (5, "s"), ([], ">5"), (None, "x"), ("a", ".f")):
    try:
        print(format(v, s))
    except Exception as e:
        print(type(e).__name__, e)
