# turnstile: shared stress
# RLock: reentrancy, ownership, recursion under the lock.
import threading
r = threading.RLock()
print(r.acquire(), r.acquire(), r.acquire(blocking=False))
res = []
def other(): res.append(r.acquire(blocking=False))
t = threading.Thread(target=other); t.start(); t.join()
r.release(); r.release()
t = threading.Thread(target=other); t.start(); t.join()
def wrong():
    try: r.release()
    except RuntimeError as e: res.append(str(e))
t = threading.Thread(target=wrong); t.start(); t.join()
r.release()
def ok():
    with r:
        with r: res.append("nested")
t = threading.Thread(target=ok); t.start(); t.join()
print(res)
try:
    r.release()
except RuntimeError as e:
    print(e)
THREADS, DEPTH, ROUNDS = 4, 6, 60
total = [0]
def rec(n):
    with r:
        total[0] += 1
        if n: rec(n - 1)
def worker():
    for _ in range(ROUNDS): rec(DEPTH)
ts = [threading.Thread(target=worker) for _ in range(THREADS)]
for t in ts: t.start()
for t in ts: t.join()
print(total[0] == THREADS * ROUNDS * (DEPTH + 1))
class Account:
    def __init__(self): self.lock, self.b = threading.RLock(), 0
    def add(self, n):
        with self.lock: self.b += n
    def move(self, n):
        with self.lock: self.add(-n); self.add(n + 1)
acc = Account()
ts = [threading.Thread(target=lambda: [acc.move(5) for _ in range(200)]) for _ in range(THREADS)]
for t in ts: t.start()
for t in ts: t.join()
print(acc.b)
