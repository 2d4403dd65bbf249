# turnstile: shared
# Threads append and extend one list: every element arrives exactly once, each thread's elements in its order.
import threading
THREADS = 4
PER_THREAD = 3000
out = []
def worker(k):
    for i in range(0, PER_THREAD, 3):
        out.append((k, i))
        out.extend([(k, i + 1)])
        out.append((k, i + 2))
threads = [threading.Thread(target=worker, args=(k,)) for k in range(THREADS)]
for t in threads: t.start()
for t in threads: t.join()
print(len(out), len(set(out)))
for k in range(THREADS):
    mine = [i for t, i in out if t == k]
    print(k, mine == list(range(PER_THREAD)))
def drain(got):
    try:
        while True:
            got.append(out.pop())
    except IndexError as e:
        got.append(str(e))
gots = [[] for _ in range(THREADS)]
threads = [threading.Thread(target=drain, args=(g,)) for g in gots]
for t in threads: t.start()
for t in threads: t.join()
print([g.pop() for g in gots], sum(len(g) for g in gots), len(set(x for g in gots for x in g)), out)
