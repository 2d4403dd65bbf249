# Exceptions raised and handled at a high rate in several threads; contexts and tracebacks are per thread.
import threading, sys
THREADS = 4
N = 300
class Mine(Exception):
    def __init__(self, k, i): super().__init__(k, i); self.k, self.i = k, i
def thrower(k, i):
    if i % 3 == 0: raise Mine(k, i)
    if i % 3 == 1: return [][i]
    return {}[k, i]
def worker(k, out):
    seen = {}
    for i in range(N):
        try:
            try:
                thrower(k, i)
            finally:
                seen["finally"] = seen.get("finally", 0) + 1
        except (Mine, IndexError) as e:
            name = type(e).__name__
            if name == "Mine": assert (e.k, e.i) == (k, i) and sys.exc_info()[1] is e
        except LookupError as e:
            name = type(e).__name__
            assert e.args == ((k, i),)
            try:
                raise ValueError(i) from e
            except ValueError as v:
                assert v.__cause__ is e and v.__context__ is e
        seen[name] = seen.get(name, 0) + 1
        assert sys.exc_info() == (None, None, None)
    out.append(sorted(seen.items()))
outs = [[] for _ in range(THREADS)]
ts = [threading.Thread(target=worker, args=(k, outs[k])) for k in range(THREADS)]
for t in ts: t.start()
for t in ts: t.join()
print(outs[0], all(o == outs[0] for o in outs))
