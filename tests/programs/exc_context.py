# __context__, __cause__ and re-raising through nested handlers, functions, generators and finally.
# turnstile: stress
def links(e):
    out = []
    while e is not None:
        out.append(("cause" if e.__cause__ is not None else "context" if e.__context__ is not None and not e.__suppress_context__ else "end", repr(e)))
        e = e.__cause__ or (None if e.__suppress_context__ else e.__context__)
    return out
def run(f):
    try:
        f()
    except BaseException as e:
        print(f.__name__, links(e))
def implicit():
    try: 1 / 0
    except ZeroDivisionError: {}["k"]
def explicit():
    try: 1 / 0
    except ZeroDivisionError as e: raise KeyError("k") from e
def none():
    try: 1 / 0
    except ZeroDivisionError: raise KeyError("k") from None
def triple():
    try:
        try:
            raise ValueError(1)
        except ValueError:
            raise KeyError(2)
    except KeyError:
        raise IndexError(3)
def in_finally():
    try: raise ValueError("first")
    finally: raise KeyError("second")
def bare():
    try: raise ValueError("v")
    except ValueError:
        try: raise KeyError("inner")
        except KeyError: pass
        raise
def same():
    try: raise ValueError("v")
    except ValueError as e: raise e
def same_chain():
    try: raise ValueError("v")
    except ValueError as e:
        try: raise KeyError("k")
        except KeyError: raise e
def other_cause():
    try: raise ValueError("v")
    except ValueError: raise KeyError("k") from IndexError("unrelated")
def in_exit():
    class CM:
        def __enter__(self): pass
        def __exit__(self, *a): raise KeyError("exit")
    with CM(): raise ValueError("body")
def in_gen():
    def g():
        try: yield 1
        except ValueError: raise KeyError("gen")
    it = g(); next(it); it.throw(ValueError("thrown"))
def gen_ctx():
    def g():
        yield 1
        raise IndexError("from gen")
    try: raise ValueError("outer")
    except ValueError:
        for _ in g(): pass
def after():
    try: raise ValueError("handled")
    except ValueError: pass
    raise KeyError("no context")
def in_else():
    try: pass
    except ValueError: pass
    else: raise KeyError("else")
def called():
    def helper(): raise IndexError("helper")
    try: raise ValueError("v")
    except ValueError: helper()
def loop():
    last = None
    for i in range(3):
        try:
            if last: raise KeyError(i) from last
            raise ValueError(i)
        except Exception as e: last = e
    raise last
def stop_in_gen():
    def g():
        yield 1
        raise StopIteration("bad")
    list(g())
for f in (implicit, explicit, none, triple, in_finally, bare, same, same_chain, other_cause, in_exit, in_gen, gen_ctx, after, in_else, called, loop, stop_in_gen): run(f)
