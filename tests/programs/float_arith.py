# Float arithmetic: mixed with ints, //, %, divmod, **, comparisons, special values, accumulation.
inf, nan = float("inf"), float("nan")
for a in (7.5, -7.5, 0.0, -0.0, inf):
    for b in (2, -2, 0.5, -0.5, inf, -inf):
        try:
            print(a, b, a // b, a % b, divmod(a, b), a / b)
        except Exception as e:
            print(a, b, type(e).__name__, e)
for f in (lambda: 1.0 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0.0, lambda: divmod(1.0, 0), lambda: 0.0 ** -1, lambda: 0 ** -1.0, lambda: 10.0 ** 400, lambda: 2.0 ** 1024, lambda: 1 / 0.0, lambda: 5 % 0.0, lambda: -2.0 // 0.0):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(2.0 ** 0.5, 2 ** 0.5, 4 ** -0.5, 1.0 ** inf, nan ** 0, 0.0 ** 0, inf ** -1, (-8.0) ** 3, (-8.0) ** -3, 10.0 ** -5, 2 ** -1, 1e308 * 10, -1e308 * 10, 1e-308 / 1e10, 1e-320 / 1e10)
print(0.1 + 0.2, 0.1 * 3, 1 - 0.9, 1e16 + 1, 1e16 + 2.0, 0.1 + 0.2 == 0.3, 1e308 + 1e308, inf + -1, 3 * 0.1, 1 / 49 * 49)
print(5 // 0.3, 5 % 0.3, -5 // 0.3, -5 % 0.3, 1e20 % 3, 1e300 % 7.5, 3.7 // 1, -3.7 // 1, -3.7 % 1, 6.0 % 3, -6.0 % 3, 6.0 % -3, 5e-324 // 2, -5e-324 % 1)
print(abs(-0.0), -0.0 == 0.0, -(0.0), +(-1.5), abs(-inf), -nan != -nan, 0.0 * -1, -0.0 + 0, -0.0 + -0.0, -0.0 - 0.0)
print(1 < 1.5 < 2, 2**53 == float(2**53), 2**53 + 1 > float(2**53), 10**30 > 1e29, 1e30 == 10**30, 0.1 < 1, nan < 1, 1 < nan, nan >= nan, inf > nan, [nan] == [nan], sorted([3.5, 1, 2.25, -inf, inf, 0]), max(1, 2.0, 3), min(1.0, 1), max(1, 1.0), sum([0.1] * 10), sum([1, 2.5, 3]), sum([1e100, 1, -1e100]))
print(1.5 + True, 2.5 * False, int(1e18), int(-1e18), int(123456789.987), int(2.0**70), 7.0 // 2, type(7 // 2.0).__name__, type(2 ** 2.0).__name__, type(4 / 2).__name__)
for f in (lambda: 1.5 + "a", lambda: "a" * 1.5, lambda: [1] * 2.0, lambda: 1.5 << 1, lambda: 1.5 & 1, lambda: range(2.0), lambda: 1.5 < "a", lambda: 1.5 + None, lambda: (1.5).nope, lambda: ~1.5):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
x, t = 0.0, 0
while x < 1.0:
    x += 0.1
    t += 1
print(x, t)
