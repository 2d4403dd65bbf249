# Compared with python3: many small cases.
import contextlib, traceback, io, os, sys, atexit


def show(text):
    print(text.replace(os.path.dirname(__file__) + "/", ""))


@contextlib.contextmanager
def cm(n):
    print("enter", n)
    try: yield n * 2
    except ValueError as e: print("caught", e)
    finally: print("exit", n)
with cm(2) as x: print(x)
with cm(3): raise ValueError("v")
try:
    with cm(4): raise KeyError("k")
except KeyError as e: print(repr(e))
with contextlib.suppress(ZeroDivisionError): 1/0
out = io.StringIO()
with contextlib.redirect_stdout(out): print("hidden")
print(repr(out.getvalue()))
with contextlib.ExitStack() as st:
    a = st.enter_context(cm("a")); st.callback(print, "cb", 1); b = st.enter_context(cm("b"))
class T:
    def close(self): print("closed")
with contextlib.closing(T()) as t: pass
with contextlib.nullcontext(5) as n: print(n)
@cm("deco")
def f(): print("in f")
f()
@contextlib.contextmanager
def bad():
    return
    yield
try:
    with bad(): pass
except RuntimeError as e: print(e)
@contextlib.contextmanager
def twice():
    yield 1
    yield 2
try:
    with twice(): pass
except RuntimeError as e: print(e)
def g(): raise ValueError("in g")
try: g()
except ValueError as e:
    show(traceback.format_exc())
    print(traceback.format_exception_only(e), traceback.format_exception_only(type(e), e))
    print([ (f.name, f.lineno, f.line) for f in traceback.extract_tb(e.__traceback__)])
    show("".join(traceback.format_exception(e)))
    show("".join(traceback.format_tb(e.__traceback__)))
try:
    try: g()
    except ValueError as e: raise KeyError("k") from e
except KeyError:
    out = io.StringIO()
    traceback.print_exc(file=out)
    show(out.getvalue())
atexit.register(print, "bye", sep="!")
@atexit.register
def last(): print("last first")
