# Decorators on functions, methods and classes; stacked; with arguments; class-based.
# turnstile: stress
def trace(f):
    def wrapper(*a, **k):
        print("call", f.__name__, a, sorted(k.items()))
        r = f(*a, **k)
        print("ret", r)
        return r
    wrapper.__name__ = f.__name__
    wrapper.__doc__ = f.__doc__
    wrapper.__wrapped__ = f
    return wrapper

@trace
def add(a, b=2):
    "adds"
    return a + b
print(add(1), add(1, b=5), add.__name__, add.__doc__, add.__wrapped__(7))

def repeat(n):
    def deco(f):
        def w(*a):
            return [f(*a) for _ in range(n)]
        return w
    return deco

@repeat(2)
@repeat(3)
def hi(x):
    return x
print(hi("x"))

order = []
def mark(tag):
    order.append("eval " + tag)
    def deco(f):
        order.append("apply " + tag)
        return f
    return deco
@mark("a")
@mark("b")
def nothing(): pass
print(order)

class CountCalls:
    def __init__(self, f):
        self.f, self.n = f, 0
    def __call__(self, *a, **k):
        self.n += 1
        return self.f(*a, **k)
@CountCalls
def sq(x):
    return x * x
print(sq(3), sq(4), sq.n)

registry = {}
def register(cls):
    registry[cls.__name__] = cls
    cls.registered = True
    return cls
@register
class A:
    @trace
    def m(self_, v=1):
        return v
    @staticmethod
    def s(v):
        return "static", v
    @classmethod
    def c(cls, v):
        return cls.__name__, v
print(sorted(registry), A.registered, A.s(1), A().s(2), A.c(3), A().c(4))
class B(A): pass
print(B.c(5))

def memo(f):
    cache = {}
    def w(n):
        if n not in cache:
            cache[n] = f(n)
        return cache[n]
    w.cache = cache
    return w
@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), len(fib.cache))

@lambda f: 42
def answer(): pass
print(answer)
decos = [lambda f: lambda: f() + "!"]
@decos[0]
def shout():
    return "hey"
print(shout())
def swallow(*exc, default=None):
    def deco(f):
        def w(*a):
            try:
                return f(*a)
            except exc as e:
                return default if default is not None else repr(e)
        return w
    return deco
@swallow(ZeroDivisionError, KeyError)
def risky(x):
    return {1: 1}[x] / (x - 1)
print(risky(1), risky(2))
