# Compared with python3: many small cases.
# scoping / closures
def f():
    x = 1
    def g():
        nonlocal x
        x += 1
        return x
    return g, lambda: x
g, h = f(); g(); print(g(), h())
def bad():
    print(y)
    y = 2
try: bad()
except UnboundLocalError as e: print(e)
try: undefined
except NameError as e: print(e)
def free():
    def inner(): return z
    try: inner()
    except NameError as e: print(e)
    z = 3
    print(inner())
    del z
    try: inner()
    except NameError as e: print(e)
free()
x = "global"
class C:
    x = 5
    l = [x for _ in range(2)]
    def m(self):
        try: return x
        except NameError as e: return str(e)
print(C.l, C().m())
try:
    class D:
        y = 1
        z = [y for _ in range(2) for _ in [y]]
except NameError as e: print(e)
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])
def outer():
    def a(): return b()
    def b(): return 7
    return a()
print(outer())
x = 10
def shadow():
    global x
    x = 20
    def inner():
        x = 30
        return x
    return inner(), x
print(shadow(), x)
try:
    exec("def q():\n  nonlocal zz\n  zz = 1")
except SyntaxError as e: print(e.msg, e.lineno, e.offset, e.text)
try:
    del x
    print(x)
except NameError as e: print(e)
def gen_scope():
    n = 3
    return list(n * k for k in range(n))
print(gen_scope())
def walrus():
    if (n := 10) > 5: pass
    return [y := 1, y**2, n]
print(walrus(), [last := i for i in range(3)], last)
def defaults(a, b=[]):
    b.append(a)
    return b
print(defaults(1), defaults(2))
print((lambda *a, **k: (a, k))(1, *[2, 3], x=1, **{"y": 2}))
def posonly(a, b, /, c, *, d): return a, b, c, d
print(posonly(1, 2, c=3, d=4))
for bad in ["posonly(1,2,3)", "posonly(1, b=2, c=3, d=4)", "posonly(1,2,3,4,d=5)", "posonly(a=1,b=2,c=3,d=4)", "posonly(1,2,c=3,d=4,e=5)", "posonly(1,2,3,d=4,**{'d':5})", "posonly(1,2,3,c=3,d=4)", "posonly(*1)", "posonly(**1)", "posonly(**{1:2})", "f(1)", "defaults()", "len()", "len(1,2)", "len(x=1)", "int('a')", "int([])", "int('12', 99)", "int(1.5, 2)", "float('x')", "float([])", "chr(-1)", "ord('ab')", "ord(5)", "abs('a')", "sum(['a'])", "sum(5)", "max([])", "max()", "min(1)", "sorted(5)", "sorted([1,'a'])", "round('a')", "range()", "range(1,2,0)", "range('a')", "list(5)", "dict(5)", "dict([1])", "dict([(1,2,3)])", "set(5)", "tuple(5)", "zip(1)", "enumerate(5)", "iter(5)", "next(5)", "next(iter([]))", "reversed(5)", "isinstance(1, 2)", "issubclass(1, int)", "hash([])", "hash({})", "getattr(1,'x')", "setattr(1,'x',2)", "delattr(1,'x')", "divmod(1,0)", "pow(2,-1,0)", "pow(2, 3, 0)", "bin(1.5)", "hex('a')", "eval('1+')", "compile('a b','f','exec')", "__import__('nope')", "open()", "print(1, foo=2)", "input(1,2)", "type(1,2)", "object(1)", "super().x", "slice()", "property(1,2,3,4,5)", "bytes('a')", "bytes(-1)", "bytes([256])", "str(b'a', 'ascii', 'x', 1)", "str(1, 'ascii')", "bool(1,2)", "callable()", "id()", "vars(1)", "dir(1,2)", "format(1,'z')", "format('a','d')", "repr()", "all(1)", "any(1)", "map(1)", "filter(1)", "map(1, 2)", "filter(None, 5)"]:
    try:
        r = eval(bad)
        print(bad, "->", r if not callable(r) else "ok")
    except BaseException as e:
        print(bad, "->", type(e).__name__, e)
