# turnstile: shared
# Threads drain one dict with pop and popitem: each entry is obtained exactly once; clear and update race safely.
import threading
THREADS = 4
N = 4000
d = {i: i * i for i in range(N)}
gots = [[] for _ in range(THREADS)]
def worker(k):
    got = gots[k]
    i = k
    while True:
        if k % 2:
            try:
                got.append(d.popitem())
            except KeyError:
                return
        else:
            if not d: return
            v = d.pop(i % N, None)
            if v is not None: got.append((i % N, v))
            i += 1
threads = [threading.Thread(target=worker, args=(k,)) for k in range(THREADS)]
for t in threads: t.start()
for t in threads: t.join()
everything = [x for g in gots for x in g]
print(len(everything), sorted(everything) == [(i, i * i) for i in range(N)], d)
def updater(k):
    for i in range(100):
        d.update({("u", j): k for j in range(20)})
        if i % 10 == 0: d.clear()
threads = [threading.Thread(target=updater, args=(k,)) for k in range(THREADS)]
for t in threads: t.start()
for t in threads: t.join()
print(set(d) <= {("u", j) for j in range(20)}, set(d.values()) <= set(range(THREADS)))
