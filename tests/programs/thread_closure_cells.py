# turnstile: shared
# Closure cells and globals shared by threads; whole values never tear.
import threading
THREADS = 4
N = 800
def make():
    pair, n = (0, 0), 0
    lock = threading.Lock()
    def writer(k):
        nonlocal pair, n
        for i in range(N):
            pair = (k + i, -(k + i))
            with lock: n += 1
    def reader():
        bad = 0
        for _ in range(N):
            a, b = pair
            if a + b: bad += 1
        return bad
    return writer, reader, lambda: n
writer, reader, count = make()
bads = []
g = (0.5, 2**70)
def globals_too(k):
    global g
    for i in range(N):
        g = (i + 0.5, 2**70 + i)
        a, b = g
        if not (isinstance(a, float) and 2**70 <= b < 2**70 + N and a < N): bads.append((a, b))
ts = [threading.Thread(target=writer, args=(k * 1000,)) for k in range(THREADS)]
ts += [threading.Thread(target=lambda: bads.append(reader())) for _ in range(2)]
ts += [threading.Thread(target=globals_too, args=(k,)) for k in range(2)]
for t in ts: t.start()
for t in ts: t.join()
print(count() == THREADS * N, bads)
