# turnstile: shared stress
# Lock: acquire/release, non-blocking, timeout, with, errors; mutual exclusion of a read-modify-write.
import threading, _thread
l = threading.Lock()
print(l.locked(), l.acquire(), l.locked(), l.acquire(False), l.acquire(blocking=False), l.acquire(timeout=0.01), l.release(), l.locked())
try:
    l.release()
except RuntimeError as e:
    print(type(e).__name__, e)
with l:
    print(l.locked())
print(l.locked())
try:
    with l:
        raise KeyError("x")
except KeyError:
    print(l.locked())
for f in (lambda: l.acquire(False, 1), lambda: l.acquire(True, -2)):
    try:
        f()
    except ValueError as e:
        print(e)
l.acquire()
t = threading.Thread(target=l.release); t.start(); t.join()
print("released by another thread", l.locked())
THREADS, N = 4, 1500
class Counter: n = 0
c = Counter()
def inc():
    for i in range(N):
        if i % 2:
            with l: c.n += 1
        else:
            l.acquire()
            try: c.n = c.n + 1
            finally: l.release()
ts = [threading.Thread(target=inc) for _ in range(THREADS)]
for t in ts: t.start()
for t in ts: t.join()
print(c.n)
a = _thread.allocate_lock()
print(a.acquire(0), a.acquire(0), a.release())
done = _thread.allocate_lock(); done.acquire()
def low(x, y=0):
    c.n = x + y
    done.release()
_thread.start_new_thread(low, (5,), {"y": 6})
done.acquire()
print(c.n)
turn = [threading.Lock() for _ in range(3)]
for x in turn: x.acquire()
log = []
def ring(k):
    for r in range(4):
        turn[k].acquire()
        log.append((r, k))
        turn[(k + 1) % 3].release()
ts = [threading.Thread(target=ring, args=(k,)) for k in range(3)]
for t in ts: t.start()
turn[0].release()
for t in ts: t.join()
print(log == [(r, k) for r in range(4) for k in range(3)])
