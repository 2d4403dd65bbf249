# turnstile: shared
# Four threads write the same keys: every value seen was written by somebody, counts under a lock are exact, setdefault has one winner.
import threading
THREADS = 4
KEYS = 50
ROUNDS = 60
d, counts, first = {}, {k: 0 for k in range(KEYS)}, {}
lock = threading.Lock()
bad, wins = [], []
def worker(me):
    mine = 0
    for r in range(ROUNDS):
        for k in range(KEYS):
            d[k] = (me, r)
            v = d[k]
            if not (0 <= v[0] < THREADS and 0 <= v[1] < ROUNDS): bad.append(v)
            with lock:
                counts[k] += 1
            if first.setdefault((r, k), me) == me:
                mine += 1
    wins.append(mine)
threads = [threading.Thread(target=worker, args=(k,)) for k in range(THREADS)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(d) == list(range(KEYS)), bad, set(counts.values()), sum(wins) == ROUNDS * KEYS == len(first))
print(all(v[1] == ROUNDS - 1 for v in d.values()))
