import threading, sys
def worker(n):
    def inner():
        raise ValueError(f"in thread {n}")
    inner()
for i in range(2):
    t = threading.Thread(target=worker, args=(i,), name=f"W{i}")
    t.start(); t.join()
def w2(): raise SystemExit(3)
t = threading.Thread(target=w2); t.start(); t.join()
def w3():
    try: 1/0
    except ZeroDivisionError as e: raise KeyError("x") from e
t = threading.Thread(target=w3, name="chained"); t.start(); t.join()
class T(threading.Thread):
    def run(self): raise RuntimeError("run")
t = T(); t.start(); t.join(); print(t.name, t.is_alive(), t.daemon)
def hook(args): print("hook", args.exc_type.__name__, args.exc_value, args.thread.name)
threading.excepthook = hook
t = threading.Thread(target=worker, args=(9,), name="hooked"); t.start(); t.join()
def f(n):
    if n == 0: raise IndexError("deep")
    f(n - 1)
class K:
    def m(self, x):
        return [self.bad(i) for i in x]
    def bad(self, i):
        return {"a": i}["b"] + \
            1
def g():
    yield 1
    K().m([1])
def h():
    for x in g():
        print(x)
try: f(3)
except IndexError:
    h()
