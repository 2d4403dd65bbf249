# Shortest repr, str, special values, parsing.
for v in (0.0, -0.0, 1.0, -1.5, 0.1, 0.2 + 0.1, 1/3, 2/3, 1e15, 1e16, 123456789012345680.0, 1e17, 1e22, 1e23, 1e100, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, 1e-4, 1e-5, 0.00012345, 9.999999999999999e22, 100.0, 1e2, 12345.678, 4.35, 2**53 + 0.0, 1e-7, 3.0e-10, 299792458.0, float(2**63), float(2**64), -float(10**18)):
    print(repr(v), str(v), float(repr(v)) == v, [v])
inf, nan = float("inf"), float("nan")
print(inf, -inf, nan, [nan, inf], inf - inf, inf * 0, inf == inf, nan == nan, inf > 10**400, -inf < -10**400)
for s in ("1", "1.", ".5", "-.5e3", "+1e-3", " 2.5 ", "1_000.5", "inf", "-Infinity", "NaN", "1e400", "-1e400", "1e-400", "0x10", "", "1.2.3", "e5", "1e", "--1", "1__0", "infin", "1 2", "١.٥"):
    try:
        print(repr(s), float(s))
    except ValueError as e:
        print(e)
for v in (None, [], {}, "x" + "y" * 3):
    try:
        float(v)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
print(float(), float(True), float(10**22), float(2**53 + 1), float(b"2.5"))
for v in (1.0, -0.0, 0.1, 1e300, 5e-324, 255.5, -3.75):
    print(v.hex(), float.fromhex(v.hex()) == v)
print(float.fromhex("0x1.8p1"), inf.hex(), (0.5).as_integer_ratio(), (-2.75).as_integer_ratio(), (3.0).is_integer(), (3.5).is_integer(), inf.is_integer())
print(hash(1.0) == hash(1), hash(0.5), hash(inf), hash(-inf), hash(2.0**70) == hash(2**70), hash(-0.0))
print(1.5.real, 1.5.imag, 1.5.conjugate(), (2.5).__class__.__name__, bool(0.0), bool(-0.0), bool(nan), bool(5e-324))
