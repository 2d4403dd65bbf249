# Compared with python3: many small cases.
# turnstile: stress
import sys
def t(name, f):
    try: print(name, f())
    except BaseException as e:
        print(name, type(e).__name__, e, "| cause", repr(e.__cause__), "| context", repr(e.__context__), e.__suppress_context__)
def a():
    try: 1/0
    except ZeroDivisionError: raise ValueError("v")
t("a", a)
def b():
    try: 1/0
    except ZeroDivisionError as e: raise ValueError("v") from e
t("b", b)
def c():
    try: 1/0
    except ZeroDivisionError: raise ValueError("v") from None
t("c", c)
def d():
    try: raise KeyError("k")
    finally: raise TypeError("t")
t("d", d)
def e():
    try:
        try: raise KeyError(1)
        finally: 1/0
    except ZeroDivisionError as x:
        return repr(x.__context__)
t("e", e)
def f():
    for i in range(3):
        try: continue
        finally: print("fin", i)
    while True:
        try: break
        finally: print("brk")
    try: return "r"
    finally: print("ret")
t("f", f)
def g():
    try: return 1
    finally: return 2
t("g", g)
def h():
    raise
t("h", h)
def i():
    raise ValueError
t("i", i)
def j(): raise 5
t("j", j)
def k(): raise ValueError("x") from 5
t("k", k)
def l():
    try: raise ValueError("a")
    except ValueError as e1:
        try: raise KeyError("b")
        except KeyError as e2:
            e3 = TypeError("c")
            try: raise e3 from e1
            except TypeError as e4:
                return repr((e4.__cause__, e4.__context__))
t("l", l)
def m():
    try: raise ValueError("x")
    except (KeyError, ValueError) as e: pass
    try: e
    except NameError as n: return str(n)
t("m", m)
def n():
    try: pass
    except ValueError: print("no")
    else: print("else")
    finally: print("finally")
t("n", n)
class E(Exception):
    def __init__(self, a, b=2): super().__init__(a); self.b = b
    def __str__(self): return f"E<{self.args}, {self.b}>"
def o(): raise E(1, b=3)
t("o", o)
t("repr", lambda: (repr(E(1)), E(1).args, repr(ValueError()), repr(ValueError("a", 1)), str(ValueError("a", 1)), str(ValueError()), str(KeyError("k")), repr(KeyError("k"))))
class CM:
    def __init__(self, n, swallow=False): self.n, self.s = n, swallow
    def __enter__(self): print("enter", self.n); return self.n
    def __exit__(self, *a): print("exit", self.n, a[0] and a[0].__name__, a[1]); return self.s
def p():
    with CM(1) as x, CM(2, True) as y:
        print(x, y); raise ValueError("in with")
    print("after")
    with CM(3): return "ret"
t("p", p)
class BadExit:
    def __enter__(self): pass
    def __exit__(self, *a): raise KeyError("exit")
def q():
    with BadExit(): raise ValueError("body")
t("q", q)
def r():
    with 5: pass
t("r", r)
class NoExit:
    def __enter__(self): pass
def s():
    with NoExit(): pass
t("s", s)
def u():
    try: 
        raise BaseException("base")
    except Exception: print("no")
t("u", u)
def v():
    try: raise ValueError("1")
    except ValueError:
        try: raise KeyError("2")
        except KeyError: pass
        raise
t("v", v)
def w():
    try: raise ValueError
    except 5: pass
t("w", w)
def x():
    try: raise ValueError
    except (KeyError, 5): pass
t("x", x)
e = ValueError("note"); e.add_note("n1"); print(e.__notes__)
t("y", lambda: e.add_note(5))
t("z", lambda: e.with_traceback(5))
print(sys.exc_info())
def gen():
    try: yield 1
    except ValueError as e: yield "caught " + str(e)
    finally: print("gen fin")
g = gen(); next(g); print(g.throw(ValueError("tv"))); 
try: next(g)
except StopIteration as e: print("stop", e.value)
g = gen(); next(g); g.close()
def gen2():
    try: yield 1
    except GeneratorExit: yield 2
g = gen2(); next(g); t("close", g.close)
def gen3(): return 5; yield
t("gen3", lambda: next(gen3()))
def gen4(): raise StopIteration("inside"); yield
t("gen4", lambda: next(gen4()))
def gen5():
    r = yield from gen6(); print("r", r)
def gen6():
    x = yield 1; print("x", x); return "done"
g = gen5(); print(next(g)); t("send", lambda: g.send("hello"))
g = gen(); t("send nonnone", lambda: g.send(1))
g = gen(); t("throw first", lambda: g.throw(KeyError("tf"))); t("after", lambda: next(g))
t("throw cls", lambda: gen().throw(ValueError, "msg"))
t("throw bad", lambda: gen().throw(5))
def rec(): yield from rec2()
def rec2():
    yield 1
    try: yield 2
    finally: print("rec2 fin")
g = rec(); next(g); next(g); g.close(); print(g.gi_frame is None if hasattr(g, "gi_frame") else None)
def selfg():
    yield next(me)
me = selfg(); t("self", lambda: next(me))
t("iter", lambda: list(zip([1,2],[3], strict=True)))
t("unpack", lambda: (lambda a, b: 0)(*[1]))
def un1(): a, b = [1]
def un2(): a, b = [1,2,3]
def un3(): a, *b, c = [1]
def un4(): a, b = 5
def un5(): (a, b), c = [1, 2]
def un6(): a, b = {1,2,3}
def un7(): [a] = "xy"
for f in (un1, un2, un3, un4, un5, un6, un7): t(f.__name__, f)
class It:
    def __iter__(self): return 5
t("badit", lambda: iter(It()))
class It2:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i
t("it2", lambda: (list(It2()), 1 in It2(), 7 in It2()))
class Len:
    def __init__(s, v): s.v = v
    def __len__(s): return s.v
for v in (3, -1, "a", 2**70, 1.5): t(f"len {v!r}", lambda: len(Len(v)))
class Bool:
    def __bool__(s): return 5
t("bool", lambda: bool(Bool()))
class H:
    def __hash__(s): return "x"
t("hash", lambda: hash(H()))
class R:
    def __repr__(s): return 5
t("repr", lambda: repr(R())); t("str", lambda: str(R()))
class Idx:
    def __index__(s): return "a"
t("idx", lambda: [1][Idx()])
class Fmt:
    def __format__(s, spec): return 5
t("fmt", lambda: f"{Fmt()}")
class Eq:
    def __eq__(s, o): raise ValueError("eq")
t("eq", lambda: Eq() in [1]); t("eq2", lambda: [Eq()] == [1])
