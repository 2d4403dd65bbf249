# Hooks that run while a class is made, and metaclasses.
# turnstile: stress
class Base:
    made = []

    def __init_subclass__(cls, tag=None, **rest):
        super().__init_subclass__(**rest)
        cls.made.append((cls.__name__, tag, cls.name()))

    @classmethod
    def name(cls):
        return "base"


class Child(Base, tag="first"):
    @classmethod
    def name(cls):
        # __class__ is there although the class statement has not ended yet
        return __class__.__name__ + "/" + super().name()


class Grandchild(Child, tag="second"):
    @classmethod
    def name(cls):
        return __class__.__qualname__ + "/" + super().name()


print(Base.made)


class Named:
    def __set_name__(self, owner, name):
        self.seen = owner.__name__ + "." + name + " " + owner.where()


class Owner:
    field = Named()
    other = Named()

    @classmethod
    def where(cls):
        return "in " + __class__.__name__


print(Owner.field.seen, Owner.other.seen)
print("__classcell__" in Owner.__dict__)


class Counting(type):
    def __call__(cls, *args, **kwargs):
        cls.count = getattr(cls, "count", 0) + 1
        return super().__call__(*args, **kwargs)


class Counted(metaclass=Counting):
    def __init__(self, value):
        self.value = value


print([Counted(v).value for v in range(4)], Counted.count)


class Prepared(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kwargs):
        return {"prepared": name, "options": kwargs}

    def __new__(mcs, name, bases, namespace, **kwargs):
        return super().__new__(mcs, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **kwargs):
        super().__init__(name, bases, namespace)
        cls.keys = [key for key in namespace if not key.startswith("__")]


class Made(metaclass=Prepared, size=3):
    def method(self):
        return __class__.options


print(Made.prepared, Made.options, Made.keys, Made().method())
try:
    class Bad(Base, unknown=1):
        pass
except TypeError as error:
    print(error)


class Broken:
    def __set_name__(self, owner, name):
        raise ValueError("no name")


try:
    class Holder:
        broken = Broken()
except RuntimeError as error:
    print(error, "|", repr(error.__cause__))
