# Instances whose __init__ only stores: made while hot by code that need not call it, then with everything that such
# code takes for granted changed.
import sys


class Point:
    def __init__(self, x, y=2, z=None):
        self.x = x
        self.y = y
        self.z, self.w = z, 1.5
        self.x = x


class Child(Point):
    pass


class Own(Point):
    def __init__(self, x):
        super().__init__(x, 7)
        self.own = x


N = 200000


def make(n, cls):
    last = None
    for i in range(n):
        last = cls(i)
    return last


def make_point(n, at=-1, action=None):
    total = 0
    seen = []
    for i in range(n):
        p = Point(i, i + 1) if i & 1 else Point(i)
        total += p.x + p.y
        if i == at:
            seen.append(p)
            action()
    seen.append(p)
    for p in seen:
        print(sorted(p.__dict__.items(), key=lambda item: item[0]))
    return total


for cls in (Point, Child, Own):
    print(cls.__name__, list(make(N, cls).__dict__.items()))
print(make_point(N))


# What the class looks like changes.
def other_init():
    def __init__(self, x, y=3):
        self.y = y
        self.x = x
    Point.__init__ = __init__


old = Point.__init__
print(make_point(N, N // 2, other_init))
Point.__init__ = old
print(make_point(N))


def other_defaults():
    Point.__init__.__defaults__ = (5, 6)


print(make_point(N, N // 2, other_defaults))
old.__defaults__ = (2, None)


def property_y():
    Point.y = property(lambda self: 40, lambda self, v: self.__dict__.__setitem__("hidden", v))


print(make_point(N, N // 2, property_y))
del Point.y


def set_attribute():
    def __setattr__(self, name, value):
        object.__setattr__(self, name + "_" if name == "w" else name, value)
    Point.__setattr__ = __setattr__


print(make_point(N, N // 2, set_attribute))
del Point.__setattr__


def returns():
    def __init__(self, x, y=0):
        self.x = x
        return x
    Point.__init__ = __init__


try:
    make_point(N, N // 2, returns)
except TypeError as e:
    print(e)
Point.__init__ = old


# Wrong arguments, as often as right ones.
def wrong(n):
    bad = 0
    for i in range(n):
        try:
            if i % 3 == 0:
                Point()
            elif i % 3 == 1:
                Point(1, 2, 3, 4)
            else:
                Point(1, 2, 3)
        except TypeError:
            bad += 1
    return bad


print(wrong(3000))


# Attributes beside those of __init__, and others' shapes.
def grown(n):
    total = 0
    for i in range(n):
        p = Point(i)
        p.extra = i
        if i % 3 == 0:
            del p.w
        total += p.extra + p.y + len(p.__dict__)
    return total


print(grown(30000))


class Wide:
    def __init__(self, a):
        self.a = a
        self.b = self.c = self.d = self.e = self.f = self.g = self.h = a
        self.i = None
        self.j = "text"
        self.k = 1 << 70


def wide(n):
    w = None
    for i in range(n):
        w = Wide(i * 1.5)
    return w


print(wide(30000).__dict__)


# As deep as calls can be.
class Leaf:
    def __init__(self, n):
        self.n = n


def deep(n):
    if n == 0:
        return Leaf(n)
    return deep(n - 1)


def deepest():
    low, high = 1, 5000
    while low < high:
        middle = (low + high + 1) // 2
        try:
            deep(middle)
            low = middle
        except RecursionError:
            high = middle - 1
    return low


sys.setrecursionlimit(300)
first = deepest()
for i in range(200000):  # until it is compiled with what the caches have learnt of Leaf
    deep(3)
print(first == deepest())
