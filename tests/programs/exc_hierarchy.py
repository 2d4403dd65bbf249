# The exception hierarchy, args, str and repr of built-in exceptions, catching by base class and tuples.
# turnstile: stress
for c in (BaseException, Exception, ArithmeticError, ZeroDivisionError, OverflowError, FloatingPointError, LookupError, IndexError, KeyError, ValueError, UnicodeError, TypeError, NameError, UnboundLocalError, AttributeError, RuntimeError, RecursionError, NotImplementedError, StopIteration, GeneratorExit, SystemExit, KeyboardInterrupt, AssertionError, MemoryError, ImportError, ModuleNotFoundError, EOFError, OSError, SyntaxError, Warning, UserWarning, DeprecationWarning):
    print([k.__name__ for k in c.__mro__])
for e in (Exception(), Exception("a"), Exception("a", 1), KeyError("k"), KeyError(), KeyError(1, 2), ValueError(None), StopIteration(5), SystemExit(3), IndexError(("t",)), AttributeError("x"), NameError("n"), ImportError("i"), AssertionError(), OSError("o"), UnicodeError("u")):
    print(str(e), repr(e), e.args)
print(StopIteration(5).value, StopIteration().value, SystemExit(3).code, SystemExit().code, KeyError("a") == KeyError("a"), isinstance(KeyError(), LookupError))
def catch(exc):
    try:
        raise exc
    except (KeyError, IndexError):
        return "lookup pair"
    except ArithmeticError as e:
        return "arith " + type(e).__name__
    except Exception:
        return "exception"
    except BaseException:
        return "base"
print(catch(KeyError), catch(IndexError()), catch(ZeroDivisionError("z")), catch(OverflowError), catch(ValueError), catch(SystemExit), catch(KeyboardInterrupt()), catch(GeneratorExit), catch(RecursionError("r")))
class App(Exception):
    def __init__(self, msg, code=0):
        super().__init__(msg)
        self.code = code
    def __str__(self): return "[%d] %s" % (self.code, super().__str__())
class Sub(App, KeyError): pass
try:
    raise Sub("both", code=5)
except KeyError as e:
    print(e, repr(e), e.args, e.code, isinstance(e, App))
for bad in (5, "text", None, int, object(), [ValueError]):
    try:
        raise bad
    except TypeError as e:
        print(e)
try:
    try:
        raise ValueError("v")
    except (5, "x"):
        pass
except TypeError as e:
    print(e)
try:
    raise ValueError from 5
except TypeError as e:
    print(e)
try:
    raise ValueError("a") from KeyError
except ValueError as e:
    print(repr(e.__cause__))
dynamic = (ValueError, TypeError)
try:
    int("z")
except dynamic as e:
    print("dynamic", e)
e = Exception("x"); e.args = ("changed", 2); print(e, repr(e)); e.extra = 1; print(e.extra, e.__dict__)
e.add_note("n1"); e.add_note("n2"); print(e.__notes__)
