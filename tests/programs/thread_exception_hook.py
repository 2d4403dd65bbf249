# An exception ends its thread, not the program; threading.excepthook sees it; SystemExit in a thread is silent.
# turnstile: stress
import threading, sys
seen = []
def hook(args):
    seen.append((args.exc_type.__name__, str(args.exc_value), args.thread.name, args.exc_traceback is not None))
threading.excepthook = hook
def fail(kind, text):
    if kind is None: sys.exit(3)
    raise kind(text)
def one(*args, name):
    t = threading.Thread(target=fail, args=args, name=name)
    t.start(); t.join()
    print(name, t.is_alive(), seen[-1:] )
one(ValueError, "v", name="first")
one(KeyError, "k", name="second")
one(None, "", name="exiting")
print(len(seen))
one(ZeroDivisionError, "z", name="third")
def handles(out):
    try:
        fail(IndexError, "inner")
    except IndexError as e:
        out.append(repr(e))
out = []
t = threading.Thread(target=handles, args=(out,)); t.start(); t.join()
print(out, len(seen))
def cleanup(out):
    try:
        with lock:
            raise RuntimeError("in with")
    finally:
        out.append("finally")
lock = threading.Lock()
t = threading.Thread(target=cleanup, args=(out,), name="cleanup"); t.start(); t.join()
print(out, lock.locked(), seen[-1])
t = threading.Thread(target=lambda: None); t.start(); t.join()
for f in (t.start, threading.Thread(target=print).join, threading.current_thread().join):
    try:
        f()
    except RuntimeError as e:
        print(e)
try:
    threading.Thread(None, None, None, "wrong").join
    threading.Thread(5)
except AssertionError as e:
    print(type(e).__name__, e)
