# turnstile: shared stress
# A hot loop calls a global function and reads a class attribute while another thread redefines both.
import threading
THREADS = 3
CALLS = 5000
def step(x): return x + 1
class K:
    inc = 1
    def bump(self, x): return x + self.inc
stop = threading.Event()
def redefine():
    i = 0
    while not stop.is_set():
        globals()["step"] = (lambda x: x + 1) if i % 2 else (lambda x: 1 + x)
        K.inc = 1
        K.bump = (lambda self, x: self.inc + x) if i % 2 else (lambda self, x: x + 1)
        i += 1
        if i > 3000: break
def worker(out):
    x, k = 0, K()
    for _ in range(CALLS):
        x = step(x)
        x = k.bump(x)
    out.append(x)
r = threading.Thread(target=redefine)
outs = [[] for _ in range(THREADS)]
ts = [threading.Thread(target=worker, args=(o,)) for o in outs]
r.start()
for t in ts: t.start()
for t in ts: t.join()
stop.set(); r.join()
print(outs, step(1), K().bump(1))
