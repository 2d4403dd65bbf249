# send, throw, close with all outcomes.
# turnstile: stress
def g():
    log = []
    while True:
        try:
            x = yield list(log)
            log.append(x)
        except ValueError as e:
            log.append("V:%s" % e)
        except GeneratorExit:
            print("closing", log)
            raise
it = g()
print(next(it), it.send(1), it.throw(ValueError("a")), it.throw(ValueError), it.send(None), it.throw(ValueError, "old style") if False else it.send("z"))
print(it.close(), it.close(), next(it, "gone"))
it = g(); next(it)
try:
    it.throw(KeyError("escapes"))
except KeyError as e:
    print(repr(e), next(it, "finished"))
it = g()
try:
    it.throw(ValueError("before start"))
except ValueError as e:
    print(e, next(it, "finished"))
it = g(); print(it.close(), next(it, "closed before start"))
def stubborn():
    n = 0
    while n < 1:
        try: yield 1
        except GeneratorExit: n += 1
    yield 2
s = stubborn(); next(s)
try:
    s.close()
except RuntimeError as e:
    print(e)
def returns():
    try: yield 1
    except GeneratorExit: return "swallowed"
r = returns(); next(r); print(r.close())
def raises():
    try: yield 1
    finally: raise KeyError("in finally")
r = raises(); next(r)
try:
    r.close()
except KeyError as e:
    print(repr(e), repr(e.__context__))
def ret_on_throw():
    try: yield 1
    except ValueError: return "ret"
r = ret_on_throw(); next(r)
try:
    r.throw(ValueError)
except StopIteration as e:
    print(e.value)
try:
    r.throw(KeyError("after end"))
except KeyError as e:
    print(repr(e))
try:
    x = (i for i in [1, 2]); next(x); x.throw(5)
except TypeError as e:
    print(e)
def stopper():
    yield 1
    raise StopIteration("x")
s = stopper(); next(s)
try:
    next(s)
except RuntimeError as e:
    print(e, repr(e.__cause__))
def next_leak():
    yield next(iter([]))
try:
    list(next_leak())
except RuntimeError as e:
    print(e)
def avg():
    total = n = 0
    a = None
    while True:
        v = yield a
        if v is None: return total, n
        total += v; n += 1; a = total / n
a = avg(); next(a)
print([a.send(v) for v in (10, 20, 60)])
try:
    a.send(None)
except StopIteration as e:
    print(e.value)
def with_cm():
    class CM:
        def __enter__(self): print("in")
        def __exit__(self, t, *a): print("out", t.__name__ if t else None); return t is ValueError
    with CM(): yield 1
    yield "after with"
w = with_cm(); next(w); w.close()
w = with_cm(); next(w); print(w.throw(ValueError))
w = with_cm(); print(list(w))
w = with_cm()
for x in w:
    break
w.close()
