# Bigints in threads: factorials, Fibonacci, powers, conversions; only private objects.
import threading
THREADS = 4
def worker(k, out):
    f = 1
    for i in range(1, 150 + k): f *= i
    a, b = 0, 1
    for _ in range(400 + k): a, b = b, a + b
    out.append((f % (10**9 + 7), len(str(f)), a % 10**20, pow(3 + k, 10**20 + k, 2**89 - 1)))
    x = (1 << 200) + k
    for i in range(100):
        x = (x * 6364136223846793005 + i) & ((1 << 256) - 1)
        q, r = divmod(x, (1 << 97) - k - 1)
        assert q * ((1 << 97) - k - 1) + r == x
    out.append((hex(x), x.bit_length(), int(str(x)) == x, -x // 7 + x // 7))
    small = 2**62 - 50
    for i in range(100): small += 1
    out.append((small, small - 2**62, type(small).__name__))
outs = [[] for _ in range(THREADS)]
ts = [threading.Thread(target=worker, args=(k, outs[k])) for k in range(THREADS)]
for t in ts: t.start()
for t in ts: t.join()
for o in outs: print(o)
