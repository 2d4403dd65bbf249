# % formatting: mappings, flags, widths, precision, tuples, errors, mixed types.
# turnstile: stress
print("%s %r %a %%" % ("é", "é", "é"), "%s" % None, "%s" % [1], "%s" % (1,), "%s %s" % ("a", (1, 2)), "%s" % {"a": 1}, "no args" % (), "" % {}, "%%" % ())
print("%(a)s %(b)05d %(a)r %%" % {"a": "x", "b": 42}, "%(k)s" % {"k": (1, 2)}, "%(a b)s" % {"a b": 1}, "%()s" % {"": "empty"})
print("[%5s] [%-5s] [%.2s] [%6.2s] [%-6.2s] [%05s] [%s]" % ("ab", "ab", "abc", "abc", "abc", "ab", ""))
print("[%5d] [%-5d] [%05d] [%+d] [% d] [%x] [%X] [%#x] [%o] [%#o] [%5.3d] [%i] [%u]" % (42, 42, 42, 42, 42, 255, 255, 255, 8, 8, 7, 3, 4))
print("[%f] [%.1f] [%8.2f] [%-8.2f] [%+.0f] [%e] [%g] [%G] [%08.3f] [%.3g] [%#.3g] [% f]" % (1.5, 2.25, 3.14159, 3.14159, 2.5, 12345.678, 1e-10, 1e20, -3.14159, 1234567.0, 1.0, 1.0))
print("%c%c%c" % (65, "é", 0x1f600), "%*d|%-*d|%.*f" % (5, 1, 5, 2, 2, 3.14159), "%*s" % (-6, "ab") + "|", "%5%|" % () if False else "ok", "%s %s" % (b"x", 1.0), "%d" % 3.99, "%d" % -3.99, "%d" % True, "%x" % True, "%s" % 10**30, "%d" % 10**30, "%x" % 10**30, "%.40d" % 5, "%e" % 10**20, "%f" % 10**15, "%g" % 10**6)
class O:
    def __str__(self): return "str"
    def __repr__(self): return "repr"
    def __float__(self): return 2.5
    def __index__(self): return 7
    def __int__(self): return 9
print("%s %r %a %f %x %d" % (O(), O(), O(), O(), O(), O()))
bad = [("%d", "a"), ("%d", None), ("%x", 1.5), ("%c", "ab"), ("%c", 2**30), ("%c", 1.5), ("%s %s", "a"), ("%s", ("a", "b")), ("%(a)s", "x"), ("%(a)s", {}), ("%", 1), ("%z", 1), ("%s %", ("a",)), ("%f", "x"), ("%*d", ("a", 1)), ("%(a)s %s", {"a": 1}), ("x", 1), ("%(a", {"a": 1}), ("%.f", None), ("%d", [1]), ("%o", "8"), ("%i", {}), ("%y", ())]
for f, a in bad:
    try:
        print(f, "->", f % a)
    except Exception as e:
        print(f, "->", type(e).__name__, e)
print("x" % {}, "x" % [], "%s" % ((),), "%s|%s" % tuple("ab"), ("%s-" * 3) % (1, 2, 3), "%s" % "%s" % 5)
