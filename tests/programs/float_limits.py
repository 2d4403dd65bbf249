# The last digits and the limits of floats.
import math

inf = float("inf")
for base in (0.0, -0.0, 0.5, 1.0, -1.0, 2.0, inf, -inf):
    for exponent in (inf, -inf, 0.0, 3.0, -3.0, 2.0, -2.0):
        try:
            print(base, exponent, base**exponent)
        except ZeroDivisionError as e:
            print(base, exponent, e)
for x in (0.5, 1e-21, 0.1, 1.5, 4.9, 5.1, 23.0, 24.0, 23.5, 139.5, 140.5, 170.6, 171.7, 250.0, -0.5, -3.5, -150.5, -200.5, -1e-21, 1e300, inf):
    try:
        print(x, math.gamma(x), math.lgamma(x))
    except (OverflowError, ValueError) as e:
        print(x, type(e).__name__, e, math.lgamma(x))
for f in math.gamma, math.lgamma:
    for x in (0.0, -1.0, -inf, float("nan")):
        try:
            print(x, f(x))
        except ValueError as e:
            print(x, e)
