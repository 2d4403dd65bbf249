# turnstile: shared stress
# One generator driven by several threads under a lock; without the lock, "already executing" is the only other outcome.
import threading
THREADS = 4
N = 2000
def numbers():
    for i in range(N): yield i
g, lock = numbers(), threading.Lock()
gots = [[] for _ in range(THREADS)]
def worker(got):
    while True:
        with lock:
            v = next(g, None)
        if v is None: return
        got.append(v)
ts = [threading.Thread(target=worker, args=(x,)) for x in gots]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(v for x in gots for v in x) == list(range(N)))
g2 = numbers()
gots, errors = [[] for _ in range(THREADS)], []
def wild(got):
    while True:
        try:
            got.append(next(g2))
        except StopIteration:
            return
        except ValueError as e:
            errors.append(str(e))
ts = [threading.Thread(target=wild, args=(x,)) for x in gots]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(v for x in gots for v in x) == list(range(N)), set(errors) <= {"generator already executing"})
it = iter(range(100))
