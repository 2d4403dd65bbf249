# heapq, bisect, operator, functools, itertools, string, copy, types.
# turnstile: stress
import heapq, bisect, operator, functools, itertools, string, copy, types
h = []
for x in [5,3,8,1,9,2]: heapq.heappush(h, x)
print(h, [heapq.heappop(h) for _ in range(6)])
l = [9,4,7,1]; heapq.heapify(l); print(l, heapq.nlargest(2, l), heapq.nsmallest(2, l))
print(list(heapq.merge([1,4,7],[2,5,8],[3,6,9])), heapq.heapreplace(l, 10), heapq.heappushpop(l, 0))
try: heapq.heappop([])
except IndexError as e: print(e)
print(bisect.bisect([1,2,2,3], 2), bisect.bisect_left([1,2,2,3], 2))
a=[1,3]; bisect.insort(a, 2); print(a)
print(operator.itemgetter(1,2)([1,2,3]), operator.attrgetter("real")(3), operator.add(1,2), operator.methodcaller("upper")("a"))
print(functools.reduce(operator.mul, range(1,6)), functools.reduce(lambda a,b: a+b, [], 3))
try: functools.reduce(operator.add, [])
except TypeError as e: print(e)
p = functools.partial(int, base=2); print(p("101"), p.func, p.args, p.keywords)
@functools.lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n-1) + fib(n-2)
print(fib(80), fib.cache_info(), fib.__name__)
@functools.lru_cache(2)
def sq(x): return x*x
for i in [1,2,1,3,2]: sq(i)
print(sq.cache_info()); sq.cache_clear(); print(sq.cache_info())
def deco(f):
    @functools.wraps(f)
    def w(*a, **k):
        "wrapper"
        return f(*a, **k)
    return w
@deco
def hello(x: int) -> str:
    "doc"
    return "hi"
print(hello.__name__, hello.__doc__, hello.__wrapped__, hello.__annotations__) if 0 else print(hello.__name__, hello.__doc__, hello.__annotations__)
@functools.total_ordering
class V:
    def __init__(s, v): s.v = v
    def __eq__(s, o): return s.v == o.v
    def __lt__(s, o): return s.v < o.v
print(V(1) <= V(2), V(1) >= V(2), V(3) > V(2), V(2) >= V(2))
print(sorted([3,1,2], key=functools.cmp_to_key(lambda a, b: b - a)))
class C:
    @functools.cached_property
    def x(self): print("computed"); return 5
c = C(); print(c.x, c.x)
I = itertools
print(list(I.chain([1,2],"ab")), list(I.chain.from_iterable([[1],[2,3]])), list(I.islice(I.count(5, 2), 4)), list(I.islice("abcdefg", 1, 6, 2)))
print(list(I.accumulate([1,2,3,4])), list(I.accumulate([1,2,3], operator.mul, initial=10)), list(I.zip_longest([1,2,3],"a",fillvalue="-")))
print(list(I.product("ab", repeat=2)), list(I.permutations([1,2,3], 2)), list(I.combinations("abcd", 3)), list(I.combinations_with_replacement("ab", 3)))
print([(k, list(g)) for k, g in I.groupby("aaabbc")], list(I.takewhile(lambda x: x<3, [1,2,3,1])), list(I.dropwhile(lambda x: x<3, [1,2,3,1])))
print(list(I.starmap(pow, [(2,3),(3,2)])), list(I.compress("abcd",[1,0,1,1])), list(I.filterfalse(lambda x: x%2, range(6))), list(I.pairwise([1,2,3,4])))
a, b = I.tee([1,2,3]); print(next(a), list(b), list(a)); c = I.cycle("ab"); print([next(c) for _ in range(5)], list(I.repeat(7, 3)), I.count(3), I.repeat(2), I.repeat(2, 5))
print(string.ascii_letters, string.punctuation, string.capwords("hello world"), string.Template("$x ${y} $$").substitute(x=1, y=2))
d = {"a": [1, {2}], "t": (1, [2])}
e = copy.deepcopy(d); f = copy.copy(d); e["a"][0] = 99; print(d, e, f is d, f["a"] is d["a"])
class N:
    def __init__(s): s.l = [1]; s.me = s
n = N(); m = copy.deepcopy(n); print(m.l, m.me is m, m.l is n.l)
print(types.SimpleNamespace(a=1, b="x"), types.FunctionType, types.GeneratorType, types.ModuleType)
