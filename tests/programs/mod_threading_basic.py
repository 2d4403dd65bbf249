# threading and _thread in a single-threaded program: attributes, names, idents, objects that need no other thread.
# turnstile: stress
import threading, _thread
t = threading.current_thread()
print(t.name, t is threading.main_thread(), threading.active_count(), len(threading.enumerate()), t.ident == _thread.get_ident() == threading.get_ident(), t.daemon)
lock = _thread.allocate_lock()
print(lock.acquire(), lock.locked(), lock.release(), lock.locked(), type(lock) is type(threading.Lock()))
with lock: print(lock.acquire(False))
e = threading.Event(); print(e.is_set(), e.wait(0), e.set(), e.wait(0), e.wait())
s = threading.Semaphore(); print(s.acquire(), s.acquire(blocking=False), s.release())
with s: print("with semaphore")
b = threading.Barrier(1); print(b.wait(), b.wait(), b.parties, b.n_waiting)
loc = threading.local(); loc.a = 1; print(loc.a, vars(loc), hasattr(loc, "b"))
c = threading.Condition()
with c: c.notify(); c.notify_all(); print(c.wait(timeout=0.001))
r = threading.RLock()
with r:
    with r: print("reentrant", r.acquire(False), r.release())
c2 = threading.Condition(lock); print(c2.acquire(), lock.locked(), c2.release())
for f in (lambda: _thread.start_new_thread(5, ()), lambda: _thread.start_new_thread(len, 5), lambda: threading.Thread(target=1, args=()).start and 1 / 1, lambda: lock.release(), lambda: threading.Semaphore(value=-1), lambda: threading.Thread(group=1), lambda: threading.nope):
    try:
        print(f())
    except Exception as x:
        print(type(x).__name__, x)
x = threading.Thread(target=print, args=("from thread",), kwargs={"end": "!\n"}); x.start(); x.join(); print(x.is_alive())
print(threading.TIMEOUT_MAX > 0, _thread.error is RuntimeError, threading.ThreadError is RuntimeError, issubclass(threading.BrokenBarrierError, RuntimeError))
got = []
tm = [threading.Thread(target=got.append, args=(i,)) for i in range(5)]
for y in tm: y.start(); y.join()
print(got)
y = threading.Thread(target=lambda: got.append("joined twice")); y.start(); y.join(); y.join(); y.join(timeout=0); print(got[-1])
