# A user-defined exception whose __str__ raises, and a class deriving from BaseException.
class Stop(BaseException):
    def __str__(self): return "custom text"
class NoStr(Exception):
    def __str__(self): raise ValueError("no")
def f():
    try:
        raise NoStr()
    except Exception:
        print("caught NoStr")
    try:
        raise Stop(1, 2)
    except Exception:
        print("not here")
    else:
        print("nor here")
    finally:
        print("finally")
f()
