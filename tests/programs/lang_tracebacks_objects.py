# __traceback__, tb_lineno relative positions, __cause__, __context__, with_traceback.
# turnstile: stress
def a(): b()
def b(): c()
def c(): raise ValueError("deep")
try:
    a()
except ValueError as e:
    tb = e.__traceback__
    names = []
    while tb is not None:
        names.append(tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
    print(names)
    base = e.__traceback__.tb_lineno
    tb = e.__traceback__.tb_next
    print(base - tb.tb_lineno)
try:
    raise KeyError("k") from ValueError("cause")
except KeyError as e:
    print(repr(e.__cause__), e.__context__, e.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError as z:
        raise KeyError("k") from None
except KeyError as e:
    print(e.__cause__, repr(e.__context__), e.__suppress_context__)
e = ValueError("not raised")
print(e.__traceback__, e.__context__, e.__cause__)
try:
    raise e
except ValueError as e2:
    print(e2 is e, e.__traceback__ is not None)
    saved = e2
print(saved.__traceback__.tb_next is None)
try:
    raise saved.with_traceback(None)
except ValueError as e3:
    print(e3.__traceback__.tb_next is None)
def reraise():
    try:
        c()
    except ValueError:
        raise
try:
    reraise()
except ValueError as e:
    n = 0
    tb = e.__traceback__
    while tb:
        n += 1
        tb = tb.tb_next
    print("frames", n)
import sys
print(sys.exc_info())
try:
    1 / 0
except ZeroDivisionError:
    t, v, tb = sys.exc_info()
    print(t.__name__, v, tb is not None)
    try:
        [][0]
    except IndexError:
        print(sys.exc_info()[0].__name__)
    print(sys.exc_info()[0].__name__)
print(sys.exc_info()[0])
def chain(n):
    try:
        if n == 0: raise ValueError(0)
        chain(n - 1)
    except Exception as e:
        raise KeyError(n) from e
try:
    chain(3)
except KeyError as e:
    links = []
    while e is not None:
        links.append(repr(e))
        e = e.__cause__
    print(links)
try:
    raise
except RuntimeError as e:
    print(e)
