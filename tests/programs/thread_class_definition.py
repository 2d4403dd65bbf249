# turnstile: shared
# Classes defined, subclassed and patched in threads; instances used by the others.
import threading
THREADS = 4
N = 60
made = [[] for _ in range(THREADS)]
class Base:
    def who(self): return "base"
    def tag(self): return type(self).__name__
def worker(k):
    for i in range(N):
        class Local(Base):
            num = k * 1000 + i
            def who(self): return (k, i, super().who())
            @property
            def double(self): return self.num * 2
        Dyn = type("Dyn%d_%d" % (k, i), (Local,), {"extra": lambda self, i=i: i})
        Local.patched = lambda self: "patched%d" % k
        o = Dyn()
        assert o.who() == (k, i, "base") and o.double == 2 * (k * 1000 + i) and o.extra() == i and o.patched() == "patched%d" % k
        made[k].append(o)
        Base.last = k
ts = [threading.Thread(target=worker, args=(k,)) for k in range(THREADS)]
for t in ts: t.start()
for t in ts: t.join()
print([len(m) for m in made], [m[-1].tag() for m in made], [m[3].who() for m in made], Base.last in range(THREADS))
Base.tag = lambda self: "new tag"
print({o.tag() for m in made for o in m}, len({type(o) for m in made for o in m}))
