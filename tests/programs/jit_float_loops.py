# Hot float loops: sums, Newton, Leibniz, logistic map, mandelbrot, mixing with ints, infinities and nan.
def leibniz(n):
    s, sign = 0.0, 1.0
    for i in range(n):
        s += sign / (2 * i + 1)
        sign = -sign
    return 4 * s
print(leibniz(30000))
def newton(a, n):
    x = a
    for _ in range(n): x = (x + a / x) / 2
    return x
print(newton(2.0, 50), newton(3, 50), newton(1e300, 2000))
def logistic(r, n):
    x = 0.5
    for _ in range(n): x = r * x * (1 - x)
    return x
print(logistic(3.9, 20000), logistic(2.5, 5000))
def mandel(w, h, it):
    t = 0
    for py in range(h):
        for px in range(w):
            x0, y0, x, y, i = px * 3.0 / w - 2, py * 2.0 / h - 1, 0.0, 0.0, 0
            while x * x + y * y <= 4.0 and i < it:
                x, y, i = x * x - y * y + x0, 2 * x * y + y0, i + 1
            t += i
    return t
print(mandel(24, 16, 60))
def grow(n):
    x, log = 1.0, []
    for i in range(n):
        x *= 10.0
        if i % 50 == 0: log.append(x)
    return log
print(grow(400))
def nanny(n):
    inf = float("inf")
    x, c = inf, 0
    for i in range(n):
        if i == n // 2: x = x - inf
        if x == x: c += 1
        if not x < 0 and not x > 0: c += 1000000
    return c
print(nanny(6000))
def pw(n):
    s = 0.0
    for i in range(1, n): s += i ** 0.5 + i ** -1 + 2.0 ** (i % 10) + float(i) // 3 + float(-i) % 7
    return s
print(pw(3000))
def negzero(n):
    x = 0.0
    for i in range(n): x = -x
    return x
print(negzero(10001), negzero(10000), negzero(10001) == 0)
def kahan(n):
    s = c = 0.0
    for i in range(n):
        y = 0.1 - c
        t = s + y
        c = (t - s) - y
        s = t
    return s
print(kahan(20000), sum([0.1] * 1000))
