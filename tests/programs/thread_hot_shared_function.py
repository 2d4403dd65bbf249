# One function becomes hot in several threads at once, with ints, floats and strings; results are private.
# turnstile: stress
import threading
THREADS = 4
N = 6000
def kernel(a, b, n):
    i = 0
    acc = a
    while i < n:
        acc = acc + b
        if i % 3 == 0: acc = acc - b
        i += 1
    return acc
def worker(k, out):
    out.append(kernel(0, k, N))
    out.append(kernel(0.5, 0.25 * k, N))
    out.append(kernel(2**60, 2**58, 100))
    out.append(kernel(k, 1, N) + kernel(1, k, N))
    try:
        kernel("s", 1, 5)
    except TypeError as e:
        out.append(str(e))
outs = [[] for _ in range(THREADS)]
ts = [threading.Thread(target=worker, args=(k, outs[k])) for k in range(THREADS)]
for t in ts: t.start()
for t in ts: t.join()
for o in outs: print(o)
