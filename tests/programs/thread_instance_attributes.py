# turnstile: shared
# Threads set, read and delete attributes of one instance and of one class; shapes grow while others read.
import threading
THREADS = 4
N = 300
class Obj:
    total = 0
    def __init__(self): self.common = 0
o = Obj()
lock = threading.Lock()
bad = []
def worker(k):
    for i in range(N):
        setattr(o, "t%d_%d" % (k, i % 40), (k, i))
        o.common = (k, i, k + i)
        a, b, c = o.common
        if a + b != c: bad.append((a, b, c))
        if getattr(o, "t%d_%d" % (k, i % 40)) != (k, i): bad.append("own")
        if i % 40 >= 30: delattr(o, "t%d_%d" % (k, i % 40))
        with lock:
            Obj.total += 1
        setattr(Obj, "cls%d" % k, i)
threads = [threading.Thread(target=worker, args=(k,)) for k in range(THREADS)]
for t in threads: t.start()
for t in threads: t.join()
names = sorted(n for n in o.__dict__ if n != "common")
print(bad, Obj.total, o.total, len(names))
print(names == sorted("t%d_%d" % (k, j) for k in range(THREADS) for j in range(30)))
print([getattr(Obj, "cls%d" % k) for k in range(THREADS)], [o.t0_7, o.t3_29])
