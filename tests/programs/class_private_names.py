# Name mangling, single underscores, mangling in nested functions, keyword arguments, attributes and inheritance.
# turnstile: stress
class A:
    __secret = "A secret"
    def __init__(self): self.__x = "A.x"; self._y = "y"
    def get(self): return self.__x, self.__secret
    def __private(self): return "A private"
    def call(self): return self.__private()
    def nested(self):
        def inner(): return self.__x
        return inner(), (lambda: self.__x)(), [self.__x for _ in range(1)]
    def has(self): return hasattr(self, "__x"), hasattr(self, "_A__x")
    def kw(self, __p=1): return __p
    @staticmethod
    def st(o): return o.__x
    __dunder__ = "not mangled"
class B(A):
    def __init__(self): super().__init__(); self.__x = "B.x"
    def __private(self): return "B private"
    def both(self): return self.__x, self._A__x, self.call(), self.__private()
b = B()
print(b.both(), b.get(), b.nested(), b.has(), A.st(b), sorted(b.__dict__))
print(A._A__secret, A.__dunder__, b._y, b.kw(_A__p=5))
for f in (lambda: b.__x, lambda: A.__secret, lambda: b.kw(__p=1)):
    try:
        f()
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
class __Odd:
    def set(self): self.__v = 1; return sorted(self.__dict__)
print(__Odd().set())
class _:
    def set(self): self.__v = 1; return sorted(self.__dict__)
print(_().set())
class Loc:
    def f(self):
        __local = 5
        return __local, sorted(locals())[0]
print(Loc().f())
__g = "global"
class G:
    def f(self):
        try:
            return __g
        except NameError as e:
            return str(e)
print(G().f())
class D:
    def __init__(self): self.__dict__["__raw"] = 1
    def get(self): return self.__dict__["__raw"]
print(D().get())
class Del:
    def __init__(self): self.__a = 1; del self.__a; self.__b = 2; self.__b += 5
print(vars(Del()))
