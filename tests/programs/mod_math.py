# math: functions with exact results or stable digits, special values, errors, integer functions.
# turnstile: stress
import math
inf, nan = math.inf, math.nan
print(math.pi, math.e, math.tau, inf, nan)
print(math.sqrt(2), math.sqrt(16), math.sqrt(10**20), math.floor(2.7), math.floor(-2.7), math.ceil(2.1), math.ceil(-2.1), math.trunc(-2.7), math.floor(1e20), math.ceil(5), math.floor(True), math.fabs(-3), math.copysign(1, -0.0), math.copysign(3, 1))
print(["%.12g" % v for v in (math.sin(1), math.cos(1), math.tan(1), math.asin(0.5), math.acos(0.5), math.atan(1), math.atan2(1, -1), math.sinh(1), math.cosh(1), math.tanh(1), math.asinh(1), math.acosh(2), math.atanh(0.5), math.exp(1), math.expm1(1e-5), math.log(10), math.log2(10), math.log10(2), math.log1p(1e-5), math.log(8, 2), math.log(100, 10), math.pow(2, 0.5), math.hypot(3, 4), math.hypot(1, 2, 3), math.degrees(1), math.radians(90), math.gamma(5.5), math.lgamma(10), math.erf(0.5), math.erfc(0.5), math.cbrt(27))])
print(math.factorial(0), math.factorial(20), math.factorial(25), math.gcd(12, 18), math.gcd(0, 5), math.gcd(), math.gcd(2**70, 6**40), math.lcm(4, 6), math.lcm(), math.comb(10, 3), math.comb(3, 5), math.perm(5, 2), math.perm(5), math.isqrt(10**30), math.isqrt(99), math.prod([1, 2, 3, 4]), math.prod([], start=5), math.prod([0.5, 4]))
print(math.isnan(nan), math.isinf(-inf), math.isfinite(1e308), math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-10, abs_tol=1e-9), math.fmod(-7, 3), math.fmod(7.5, 2), math.remainder(7, 4), math.modf(3.25), math.modf(-3.25), math.frexp(10.0), math.frexp(0.0), math.ldexp(0.5, 4), math.fsum([0.1] * 10), sum([0.1] * 10), math.fsum([1e100, 1, -1e100]), math.dist([0, 0], [3, 4]), math.nextafter(1, 2), math.ulp(1.0), math.log2(2**100), math.log10(10**50), math.log(10**400) > 921)
for f in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.log(-1), lambda: math.log(0.0), lambda: math.acos(2), lambda: math.exp(1000), lambda: math.factorial(-1), lambda: math.factorial(1.5), lambda: math.floor(inf), lambda: math.ceil(nan), lambda: math.gcd(1.5, 2), lambda: math.isqrt(-1), lambda: math.comb(-1, 2), lambda: math.pow(0, -1), lambda: math.pow(-8, 1 / 3), lambda: math.fmod(1, 0), lambda: math.sqrt("a"), lambda: math.sin(), lambda: math.floor("a"), lambda: math.ldexp(1.0, 10**6), lambda: math.atanh(1), lambda: math.sin(inf), lambda: math.cosh(1000), lambda: math.log2(0), lambda: math.sqrt(10**400), lambda: math.trunc("x"), lambda: math.log(1, 1), lambda: math.nope, lambda: math.gamma(-1), lambda: math.log10(-5), lambda: math.hypot("a")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(math.sqrt(0), math.sqrt(-0.0), math.exp(-1000), math.exp(-inf), math.log(inf), math.atan(inf) == math.pi / 2, math.pow(nan, 0), math.pow(1, nan), math.copysign(inf, -1), math.fmod(5, inf), math.hypot(inf, nan), math.sin(0), math.floor(-0.5), math.ceil(-0.5), math.trunc(1e300) == int(1e300), math.sqrt(True))
for function in (math.gamma, math.lgamma):
    for pole in (0.0, -1.0, -7.0):
        try:
            print(function(pole))
        except ValueError as error:
            print(function.__name__, pole, error)
