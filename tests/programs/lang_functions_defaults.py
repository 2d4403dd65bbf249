# Defaults, keywords, *args, **kwargs, keyword-only and positional-only parameters.
# turnstile: stress
def f(a, b=2, *args, c, d=4, **kw):
    return (a, b, args, c, d, sorted(kw.items()))

print(f(1, c=3))
print(f(1, 20, 30, 40, c=3, z=1, y=2))
print(f(*[1, 2], *(3, 4), **{"c": 5}, **{"e": 6}))
print(f(c=1, a=2, b=3))

def acc(x, into=[]):
    into.append(x)
    return into
print(acc(1), acc(2), acc(3, []), acc(4))

counter = 0
def next_default():
    global counter
    counter += 1
    return counter
def g(a=next_default(), b=next_default()):
    return a, b
print(g(), g(), counter)

def pos_only(a, b=5, /, c=6, *, d):
    return a, b, c, d
print(pos_only(1, d=2), pos_only(1, 2, 3, d=4), pos_only(1, c=9, d=8))
def kw_and_pos(a, /, **kw):
    return a, kw
print(kw_and_pos(1, a=2))

def bare_star(*, key):
    return key
print(bare_star(key="k"))

def errs():
    def two(a, b): pass
    def three(a, b, c): pass
    def one_default(a, b=1): pass
    def none(): pass
    tests = [
        lambda: two(), lambda: two(1), lambda: two(1, 2, 3), lambda: three(), lambda: three(1),
        lambda: one_default(), lambda: one_default(1, 2, 3), lambda: none(1), lambda: none(1, 2),
        lambda: two(1, 2, c=3), lambda: two(1, a=1), lambda: f(), lambda: f(1), lambda: bare_star(1),
        lambda: bare_star(), lambda: pos_only(a=1, d=2), lambda: two(*5), lambda: two(**5), lambda: none(**{"x": 1}),
        lambda: two(**{"a": 1}, **{"a": 2}), lambda: pos_only(1, b=2, d=1), lambda: counter(), lambda: f.__doc__(1),
    ]
    for t in tests:
        try:
            t()
            print("no error")
        except TypeError as e:
            print("TypeError:", e)
errs()

print(f.__name__, f.__defaults__, f.__kwdefaults__)
print((lambda: 0).__name__, (lambda *a, **k: (a, k))(1, 2, x=3))
def doc():
    "The docstring."
    return None
print(doc.__doc__, doc(), f.__doc__)
doc.attr = [1]
doc.attr.append(2)
print(doc.attr, hasattr(doc, "other"))
