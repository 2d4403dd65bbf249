# Hot //, % and divmod with all signs and with a divisor that becomes zero after many iterations.
def run(n, d):
    q = r = 0
    for i in range(-n, n):
        q += i // d
        r += i % d
        a, b = divmod(i, d)
        if a * d + b != i: return "wrong"
    return q, r
for d in (1, -1, 2, -2, 3, -3, 7, -7, 1000, -1000, 10**12, -10**12, 2**62, -2**63): print(d, run(1500, d))
def zero(n):
    s = 0
    for i in range(n):
        s += 100 // (n - 1 - i)
    return s
try:
    zero(5000)
except ZeroDivisionError as e:
    print(e)
def zmod(n):
    for i in range(n, -1, -1): x = 5 % i
try:
    zmod(5000)
except ZeroDivisionError as e:
    print(e)
def fz(n):
    x = 0.0
    d = float(n)
    while True:
        x += 1 / d
        d -= 1.0
for _ in range(2):
    try:
        fz(3000)
    except ZeroDivisionError as e:
        print(e)
print((-2**63) // -1, (-2**63) % -1, (-2**47) // -1, (-2**31) // -1)
def m1(n):
    x = -2**63
    for _ in range(n): y = x // -1
    return y
print(m1(3000))
def true_div(n):
    s = 0.0
    for i in range(1, n): s += i / (i + 1)
    return s
print(true_div(10000))
