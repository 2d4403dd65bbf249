# Thread attributes: name, ident, daemon, is_alive, current_thread, main_thread, enumerate, active_count, subclassing, args.
# turnstile: stress
import threading
m = threading.current_thread()
print(m.name, m is threading.main_thread(), m.is_alive(), m.daemon, type(m).__name__, m.ident == threading.get_ident())
go = threading.Event()
info = []
def w(a, *b, k=0):
    go.wait()
    t = threading.current_thread()
    info.append((t.name, t is main_made, a, b, k, t.ident == threading.get_ident()))
main_made = threading.Thread(target=w, args=(1, 2, 3), kwargs={"k": 4}, name="worker-x")
print(main_made.is_alive(), main_made.ident, main_made.name, main_made.daemon)
main_made.start()
print(main_made.is_alive(), main_made.ident is not None, threading.active_count(), len(threading.enumerate()), main_made in threading.enumerate())
main_made.join(0.01)
print(main_made.is_alive())
go.set(); main_made.join()
print(main_made.is_alive(), info, threading.active_count())
class Mine(threading.Thread):
    def __init__(self, n):
        super().__init__(name="mine-%d" % n)
        self.n, self.result = n, None
    def run(self): self.result = sum(range(self.n))
ts = [Mine(n) for n in (10, 100, 1000)]
for t in ts: t.start()
for t in ts: t.join()
print([(t.name, t.result) for t in ts])
t = threading.Thread(target=lambda: None)
print(t.name.startswith("Thread-"), t.name.endswith("(<lambda>)"))
t.name = "renamed"; print(t.name)
t.daemon = True; print(t.daemon)
def child(out): out.append(threading.current_thread().daemon)
out = []
def parent():
    t = threading.Thread(target=child, args=(out,)); t.start(); t.join()
t = threading.Thread(target=parent, daemon=True); t.start(); t.join()
print(out)
class Call:
    def __call__(self, out): out.append("callable object")
    def method(self, out): out.append("bound method")
for target in (Call(), Call().method, out.append):
    t = threading.Thread(target=target, args=(out,) if target != out.append else (5,)); t.start(); t.join()
print(out)
threading.Thread().run()
started = []
t = threading.Thread(target=lambda: started.append(threading.current_thread().name), name="direct")
t.run(); print(started)
