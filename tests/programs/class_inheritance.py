# Single inheritance, overriding, super(), calling base explicitly, isinstance/issubclass.
# turnstile: stress
class Animal:
    sound = "..."
    def __init__(self, name): self.name = name
    def speak(self): return "%s says %s" % (self.name, self.sound)
    def kind(self): return "animal"
    def __repr__(self): return "%s(%r)" % (type(self).__name__, self.name)
class Dog(Animal):
    sound = "woof"
    def kind(self): return "dog/" + super().kind()
class Puppy(Dog):
    def __init__(self, name, age):
        super().__init__(name)
        self.age = age
    def speak(self): return super().speak() + "!" * self.age
    def kind(self): return "puppy/" + super().kind()
p = Puppy("Rex", 2)
print(p, p.speak(), p.kind(), Animal("cat"), Dog("d").speak())
print([isinstance(p, c) for c in (Puppy, Dog, Animal, object, int)], issubclass(Puppy, (int, Animal)), issubclass(Animal, Dog))
print(Animal.speak(p), super(Puppy, p).speak(), super(Dog, p).kind())
Animal.sound = "changed"
print(Animal("x").speak(), p.speak())
del Dog.sound
print(p.speak())
class Base:
    def template(self): return self.step1() + self.step2()
    def step1(self): return "b1"
    def step2(self): raise NotImplementedError("step2")
class Impl(Base):
    def step2(self): return "i2"
print(Impl().template())
try:
    Base().template()
except NotImplementedError as e:
    print(repr(e))
class NoInit(Animal): pass
print(NoInit("n"))
try:
    NoInit()
except TypeError as e:
    print(e)
class MyList(list):
    def total(self): return sum(self)
    def append(self, x): super().append(x * 2)
    def __getitem__(self, i): return ("item", super().__getitem__(i))
l = MyList([1, 2]); l.append(5)
print(l, l.total(), len(l), l[0], l == [1, 2, 10], isinstance(l, list), [x for x in l], sorted(l, reverse=True))
class MyDict(dict):
    def __missing__(self, k): return "missing " + str(k)
d = MyDict(a=1)
print(d["a"], d["zz"], d.get("zz"), "zz" in d, d)
class MyTuple(tuple):
    def __new__(cls, *args): return super().__new__(cls, args)
t = MyTuple(1, 2, 3)
print(t, t[1], len(t), isinstance(t, tuple), t + (4,))
class MyExc(ValueError):
    def __init__(self, code, *a): super().__init__(*a); self.code = code
try:
    raise MyExc(7, "msg", 1)
except ValueError as e:
    print(type(e).__name__, e, e.args, e.code)
class MySet(set):
    def add(self, x): super().add(str(x))
q = MySet(); q.add(1); q.add(2); print(sorted(q), type(q | {3}).__name__)
