# turnstile: shared
# Threads sort copies of a list while others append; iterate over copies of a dict while it is mutated.
import threading
THREADS = 2
N = 1500
shared, d = [], {}
done = threading.Event()
bad = []
def append(k):
    for i in range(N):
        shared.append((i * 7919 + k) % 1000)
        d[k, i] = i
        if i % 3 == 0: d.pop((k, i - 3), None)
def reader():
    while True:
        finished = done.is_set()
        c = sorted(shared)
        if any(c[i] > c[i + 1] for i in range(0, len(c) - 1, 7)): bad.append("unsorted")
        e = dict(d)
        for (k, i), v in e.items():
            if v != i: bad.append((k, i, v))
        l = list(d)
        if len(l) != len(set(l)): bad.append("dup")
        s = shared[:]
        if len(s) > N * THREADS: bad.append("len")
        if finished: return
ts = [threading.Thread(target=append, args=(k,)) for k in range(THREADS)]
rs = [threading.Thread(target=reader) for _ in range(2)]
for t in ts + rs: t.start()
for t in ts: t.join()
done.set()
for t in rs: t.join()
print(bad, len(shared), sorted(shared) == sorted((i * 7919 + k) % 1000 for i in range(N) for k in range(THREADS)), len(d) == THREADS * (N - N // 3 + 1))
