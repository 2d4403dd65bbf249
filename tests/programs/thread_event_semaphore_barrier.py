# turnstile: shared stress
# Event, Semaphore, BoundedSemaphore and Barrier.
import threading
e = threading.Event()
print(e.is_set(), e.wait(0.01), e.set(), e.is_set(), e.wait(), e.clear(), e.is_set())
out = []
def waits(k):
    e.wait()
    out.append(k)
ts = [threading.Thread(target=waits, args=(k,)) for k in range(5)]
for t in ts: t.start()
print(out)
e.set()
for t in ts: t.join()
print(sorted(out))
s = threading.Semaphore(2)
print(s.acquire(), s.acquire(), s.acquire(blocking=False), s.release(), s.acquire(False), s.acquire(timeout=0.01))
s.release(2)
inside, peak, lock = [0], [0], threading.Lock()
def limited():
    for _ in range(40):
        with s:
            with lock:
                inside[0] += 1
                peak[0] = max(peak[0], inside[0])
            with lock:
                inside[0] -= 1
ts = [threading.Thread(target=limited) for _ in range(5)]
for t in ts: t.start()
for t in ts: t.join()
print(inside, 1 <= peak[0] <= 2)
b = threading.BoundedSemaphore(1)
b.acquire(); b.release()
for f in (b.release, lambda: threading.Semaphore(-1)):
    try:
        f()
    except ValueError as x:
        print(x)
PARTIES, PHASES = 4, 10
acts = []
bar = threading.Barrier(PARTIES, action=lambda: acts.append(len(cells)))
cells, idx = [], []
def phase(k):
    for p in range(PHASES):
        cells.append((p, k))
        i = bar.wait()
        idx.append((p, i))
        bar.wait()
ts = [threading.Thread(target=phase, args=(k,)) for k in range(PARTIES)]
for t in ts: t.start()
for t in ts: t.join()
print([p for p, _ in cells] == sorted(p for p, _ in cells), sorted(idx) == [(p, i) for p in range(PHASES) for i in range(PARTIES)], acts[::2] == acts[1::2] == [PARTIES * (p + 1) for p in range(PHASES)])
print(bar.parties, bar.n_waiting, bar.broken)
bar2 = threading.Barrier(2)
got = []
def broken():
    try: bar2.wait()
    except threading.BrokenBarrierError: got.append("broken")
t = threading.Thread(target=broken); t.start()
bar2.abort(); t.join()
print(got, bar2.broken)
bar2.reset(); print(bar2.broken)
try:
    bar2.wait(0.01)
except threading.BrokenBarrierError as x:
    print(type(x).__name__, bar2.broken)
