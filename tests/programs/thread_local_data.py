# threading.local: attributes are private to each thread; subclass __init__ runs per thread.
# turnstile: stress
import threading
THREADS = 4
loc = threading.local()
loc.x = "main"
def worker(k, out):
    out.append(hasattr(loc, "x"))
    try:
        loc.x
    except AttributeError as e:
        out.append(str(e))
    loc.x = k
    loc.items = []
    for i in range(200):
        loc.items.append(i * k)
        loc.x += 1
    out.append((loc.x - k, sum(loc.items), sorted(loc.__dict__)))
    del loc.x
    out.append(hasattr(loc, "x"))
outs = [[] for _ in range(THREADS)]
ts = [threading.Thread(target=worker, args=(k, outs[k])) for k in range(THREADS)]
for t in ts: t.start()
for t in ts: t.join()
for o in outs: print(o)
print(loc.x, hasattr(loc, "items"))
class L(threading.local):
    shared = "class attribute"
    def __init__(self, start): self.n = start; self.log = []
    def bump(self): self.n += 1; self.log.append(self.n); return self.n
l = L(10)
l.bump()
def sub(out):
    for _ in range(3): l.bump()
    out.append((l.n, l.log, l.shared))
outs = [[] for _ in range(2)]
ts = [threading.Thread(target=sub, args=(o,)) for o in outs]
for t in ts: t.start()
for t in ts: t.join()
print(outs, l.n, l.log)
