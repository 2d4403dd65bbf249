# Recursion through native code: nested containers and methods that call themselves end in RecursionError, in threads too.
import threading
class A:
    def __repr__(self): return repr([self])
    def __eq__(self, o): return [self] == [o]
    def __getattr__(self, n): return getattr(self, n + "x")
    def __add__(self, o): return self + o
    def __call__(self): return self()
    def __str__(self): return "%s" % self
    def __hash__(self): return hash((self,))
    def __lt__(self, o): return sorted([self, o])[0]
    def __len__(self): return len(self)
    def __getitem__(self, i): return self[i]
    def __contains__(self, x): return x in self
class D(dict):
    def __missing__(self, k): return self[k + 1]
class E:
    def __init__(self): E()
class P:
    @property
    def x(self): return self.x
def gen(n): yield from gen(n + 1)
def mapped(n): return list(map(mapped, [n]))
def keyed(n): return max([n], key=keyed)
def sort(n): return [n].sort(key=sort)
def spread(*a, **k): return spread(*a, **k)
def handled(n):
    try: raise ValueError
    except ValueError: return handled(n)
def nested(make):
    x = make(None)
    for i in range(20000): x = make(x)
    return x
tests = [lambda: repr(A()), lambda: A() == A(), lambda: A().foo, lambda: A() + 1, lambda: A()(), lambda: str(A()),
         lambda: hash(A()), lambda: A() < A(), lambda: len(A()), lambda: A()[0], lambda: 1 in A(), lambda: D()[0], E,
         lambda: P().x, lambda: list(gen(0)), lambda: mapped(1), lambda: keyed(1), lambda: sort(1),
         lambda: spread(1, x=3), lambda: handled(1), lambda: repr(nested(lambda x: [x])),
         lambda: str(nested(lambda x: {1: x})), lambda: nested(lambda x: [x]) == nested(lambda x: [x]),
         lambda: nested(lambda x: (x,)) < nested(lambda x: (x,))]
def run(tag):
    for i, test in enumerate(tests):
        try:
            print(tag, i, test())
        except RecursionError as e:
            print(tag, i, str(e)[:32])
    print(tag, [[1, (2, {3: [4]})]] == [[1, (2, {3: [4]})]])
run("main")
t = threading.Thread(target=run, args=("thread",))
t.start()
t.join()
