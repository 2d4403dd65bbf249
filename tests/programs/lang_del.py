# del of names, items, slices, attributes, nested targets.
# turnstile: stress
a = 1
del a
try:
    a
except NameError as e:
    print(e)
l = list(range(10))
del l[0], l[-1]
print(l)
del l[::2]
print(l)
del l[1:3]
print(l)
d = {"a": 1, "b": 2, "c": 3}
del d["b"]
print(d)
for bad in ("zz", 5, None, (1, 2)):
    try:
        del d[bad]
    except KeyError as e:
        print("KeyError", e)
try:
    del l[10]
except IndexError as e:
    print("IndexError", e)
class C:
    y = "class"
    def __init__(self):
        self.x = 1
        self.y = "inst"
c = C()
del c.y
print(c.y, sorted(c.__dict__))
try:
    del c.y
except AttributeError as e:
    print("AttributeError", e)
del C.y
try:
    c.y
except AttributeError as e:
    print(e)
try:
    del c.nope
except AttributeError as e:
    print(e)
a = b = c2 = 0
del a, (b, c2)
print("b" in globals(), "a" in globals())
x = [1, 2]
y = x
del x
print(y)
t = (1, 2)
for f in ("t", "s", "n"):
    try:
        if f == "t":
            del t[0]
        elif f == "s":
            s = "abc"
            del s[0]
        else:
            k = 5
            del k[0]
    except TypeError as e:
        print(e)
class D:
    def __delitem__(self, k):
        print("delitem", k)
    def __delattr__(self, k):
        print("delattr", k)
o = D()
del o[1], o[1:2], o[::3], o[1, 2], o.foo, o[...]
def f():
    v = 1
    del v
    v = 2
    return v
print(f())
def g():
    for i in range(3):
        del i
    return "i" in locals()
print(g())
l = [[1, 2, 3], [4]]
del l[0][1], l[1][0]
print(l)
