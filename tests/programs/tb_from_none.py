# raise ... from None hides the context; finally and with still run.
class CM:
    def __enter__(self): print("enter")
    def __exit__(self, *a): print("exit", a[0].__name__)
def f():
    try:
        int("x1")
    except ValueError:
        raise RuntimeError("clean message", 42) from None
    finally:
        print("finally")
with CM():
    f()
