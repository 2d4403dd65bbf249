# Hot additions crossing 2**31, 2**47, 2**48, 2**53, 2**63 and 2**64.
def run(start, step, n):
    x = start
    i = 0
    while i < n:
        x = x + step
        i += 1
    return x
for b in (31, 32, 46, 47, 48, 49, 50, 51, 52, 53, 61, 62, 63, 64, 65, 127, 128):
    for sign in (1, -1):
        start = sign * (2**b - 1000)
        r = run(start, sign, 2000)
        assert r == sign * (2**b + 1000), (b, sign)
        assert run(r, -sign, 2000) == start
        print(b, sign, r)
print(run(0, 2**46, 20000), run(0, -2**62, 100), run(2**63 - 1, 1, 1), run(-2**63, -1, 1))
def sums(n):
    s = 0
    for i in range(n): s += i * i * i
    return s
print(sums(3000), sums(30000), sums(100000))
