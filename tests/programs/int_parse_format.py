# int() parsing, bases, hex/oct/bin, format specs, str of huge ints, errors.
# turnstile: stress
for s in ("0", "-0", "+5", " 42 ", "\t\n7\n", "1_000", "00", "000123", "-12345678901234567890", "9" * 50, "٣٤", "１２"):
    print(repr(s), int(s))
for s, b in (("ff", 16), ("0xff", 16), ("-0XfF", 16), ("0b101", 2), ("0o17", 8), ("z", 36), ("Zz", 36), ("0xff", 0), ("0b11", 0), ("0o7", 0), ("10", 0), ("1_0", 0), ("0x_f", 16), ("101", 2), ("7" * 40, 8), ("deadbeef" * 5, 16)):
    print(repr(s), b, int(s, b))
bad = [("", 10), (" ", 10), ("1 2", 10), ("abc", 10), ("1.5", 10), ("0x10", 10), ("1__0", 10), ("_1", 10), ("1_", 10), ("8", 8), ("2", 2), ("010", 0), ("+", 10), ("--1", 10), ("1", 1), ("1", 37), ("g", 16), ("1e5", 10), ("é", 10), ("None", 10)]
for s, b in bad:
    try:
        print(int(s, b) if b != 10 else int(s))
    except ValueError as e:
        print(e)
for v in (None, [], {}, object, "5" if False else (1,)):
    try:
        int(v)
    except TypeError as e:
        print(e)
try:
    int(5, 10)
except TypeError as e:
    print(e)
print(int(), int(3.99), int(-3.99), int(True), int(1e20), int(b"12"), int("5".encode()), int(2.5e15))
for v in (float("nan"), float("inf"), -float("inf")):
    try:
        int(v)
    except (ValueError, OverflowError) as e:
        print(type(e).__name__, e)
for v in (0, 255, -255, 2**64, -2**70):
    print(hex(v), oct(v), bin(v))
for v in (0, 5, -5, 1234567, -1234567, 2**70):
    print("|".join(format(v, s) for s in ("", "d", "5d", "<8", ">8", "^8", "=+8", "08", "+", " ", "-", ",", "_", "x", "X", "#x", "#X", "o", "#o", "b", "#b", "_b", "_x", "n", "*^12,", "020,", "#012x", "e", ".2f", "g", "%", "+.1e", "012.3f")))
print("%d %i %5d %-5d| %05d %+d % d %x %X %o %#x %#o %c %c" % (1, 2, 3, 4, 5, 6, 7, 255, 255, 8, 255, 8, 65, "z"))
print("%d %d %s %r %d" % (10**25, -10**25, 10**25, -1, 3.99), "%.5d|%8.3d|%-8.3d|" % (42, 7, 7), "%*d|%-*d|" % (6, 1, 6, 2), "%#x %x" % (2**70, -2**70))
for f in (lambda: format(1, "s"), lambda: format(1, ".2d"), lambda: format(1, "5.1"), lambda: format(1, "q"), lambda: format(1, ",x"), lambda: format(1, "_,"), lambda: format(1, "+c"), lambda: format(-1, "c"), lambda: format(2**40, "c"), lambda: "%d" % "x", lambda: "%x" % 1.5, lambda: "%c" % "ab", lambda: "%c" % -1, lambda: "%z" % 1, lambda: "%d" % None, lambda: "%d %d" % (1,), lambda: "%d" % (1, 2), lambda: "%" % 1, lambda: "abc" % 1):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(str(2**1000), len(str(3**2000)), int(str(7**300)) == 7**300, repr(10**50))
print(format(True), format(True, "d"), "%d" % True, "%s" % True, hex(True), f"{True:5}|{True!s:5}|")
print(round(15, -1), round(25, -1), round(-25, -1), round(12345, -2), round(5, 2), round(10**30 + 5 * 10**14, -15), round(7))
print(hash(5), hash(-1), hash(-2), hash(2**61 - 1), hash(2**61), hash(10**30) == hash(float(10**30)), hash(0), hash(2**64))
