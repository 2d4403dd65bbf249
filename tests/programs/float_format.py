# Format mini-language for floats, % formatting, rounding of ties, widths, grouping.
vals = [0.0, -0.0, 1.0, 2.5, 3.5, 0.125, 1234567.891, -1234.5, 1e10, 1e16, 1e-7, 123456789.0, 0.5, 99.995, 1e100, float("inf"), float("-inf"), float("nan")]
for v in vals:
    print("|".join(format(v, s) for s in ("", "f", ".2f", ".0f", "e", ".3e", ".0e", "g", ".3g", ".10g", "%", ".1%", ",.2f", "_", "+.1f", " .2f", "010.2f", ">12.1f", "<12.1f", "^12.1f", "*=12.1f", "E", "G", "F", "#.0f", "#g", "n", ".17g", "z.0f" if False else "r" if False else ".1f")))
for v in vals[:12]:
    print("%f|%.2f|%e|%.1E|%g|%G|%10.3f|%-10.3f|%+.1f|% .1f|%010.2f|%r|%s|%d|%i|%#.0f|%.0f" % ((v,) * 17))
print([round(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.4999999999999996, 1e20)], [round(x, 2) for x in (2.675, 1.005, 0.125, -0.125, 1234.5678, 1e300)], [round(x, -2) for x in (1250.0, 1350.0, 49.0, -51.0)], round(1.5, None), round(2.5, 0), round(-0.4), round(-0.4, 0), round(5e-324, 3), round(1.23456789e-10, 12))
for f in (lambda: round(float("nan")), lambda: round(float("inf")), lambda: format(1.5, "d"), lambda: format(1.5, "x"), lambda: format(1.5, "s"), lambda: format(1.5, ".f"), lambda: format(1.5, "5.5.5"), lambda: "%d" % float("nan"), lambda: "%d" % float("inf"), lambda: "%c" % 1.5, lambda: format(1.5, "c"), lambda: round(1.5, 1.5), lambda: "%.2f" % "x", lambda: format(1.5, ",n")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print("{:.3}".format(1234.5678), "{:.3}".format(0.00001234), "{:.1}".format(1.0), "{:5}|{:<8}|{:>8}|{:^8}|".format(1.5, 1.5, 1.5, 1.5), f"{3.14159:.{2}f}", f"{1e5:,}", f"{12345678.9:_.1f}")
