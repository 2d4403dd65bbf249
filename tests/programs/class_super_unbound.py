# super without an object, and what super() refuses.
# turnstile: stress
class A:
    def f(self): return "A.f"
class B(A):
    def f(self): return "B.f"
b = B()
s = super(B)
print(s)
print(s.__get__(b, B).f())
class C(B):
    pass
C._C__super = super(C)
class D(C):
    s = 1
print(super(B, b).f())
print(super(B, B).f(b))
try:
    super(B, 3)
except TypeError as e:
    print(e)
try:
    super(3, 3)
except TypeError as e:
    print(e)
try:
    super()
except RuntimeError as e:
    print(e)
def g():
    super()
try: g()
except RuntimeError as e: print(e)
def h(x): super()
try: h(1)
except RuntimeError as e: print(e)
print(s.__thisclass__, s.__self__, s.__self_class__)
class Uses(A):
    def f(self):
        return self.__super.f() + "!"
Uses._Uses__super = super(Uses)
print(Uses().f())
