# Every thread drives its own generators; a shared generator function, closures and comprehensions.
# turnstile: stress
import threading
THREADS = 4
N = 800
def gen(k):
    x = k
    while True:
        s = yield x
        x = (x * 31 + 7 + (s or 0)) % 10007
def chain(k):
    yield from (v for v in range(k))
    r = yield from inner(k)
    yield r
def inner(k):
    try:
        yield "in"
    finally:
        log_local.append(k)
    return "ret%d" % k
log_local = [] if THREADS == 0 else None
class Null:
    def append(self, v): pass
log_local = Null()
def worker(k, out):
    g = gen(k)
    acc = next(g)
    for i in range(N): acc = (acc * 3 + g.send(i)) % 1000003
    g.close()
    out.append(acc)
    out.append(list(chain(k)))
    out.append(sum(x * y for x in range(20) for y in range(x) if (x + y) % (k + 2) == 0))
outs = [[] for _ in range(THREADS)]
ts = [threading.Thread(target=worker, args=(k, outs[k])) for k in range(THREADS)]
for t in ts: t.start()
for t in ts: t.join()
again = [[] for _ in range(THREADS)]
for k in range(THREADS): worker(k, again[k])
for o in outs: print(o)
print(outs == again)
