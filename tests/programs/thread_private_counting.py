# Uncontended counting (2014's second experiment): threads touch only their own integers.
# turnstile: stress
import threading
THREADS = 4
N = 20000
def count(k):
    i = total = 0
    while i < N:
        i = i + 1
        total = total + i * k
    results[k].append(total)
results = [[] for _ in range(THREADS)]
threads = [threading.Thread(target=count, args=(k,)) for k in range(THREADS)]
for t in threads: t.start()
for t in threads: t.join()
print(results, [r[0] == k * N * (N + 1) // 2 for k, r in enumerate(results)])
