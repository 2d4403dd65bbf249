# list[int] and its like.
# turnstile: stress
print(list[int], dict[str, int], tuple[int, ...], set[str], list[list[int]], type[int], frozenset[int])
a = list[int]
print(a.__origin__, a.__args__, a([1,2]), a == list[int], hash(a) == hash(list[int]))
print(repr(list["X"]), list[None], tuple[()], dict[str, list[int]])
x: list[int] = [3]
def f(a: list[int], b: dict[str, int] = {}) -> tuple[int, str]: return (1, "a")
print(f.__annotations__)
try:
    isinstance([], list[int])
except TypeError as e: print(e)
class L(list[int]): pass
print(L.__mro__, L([1]), L.__orig_bases__)
print(list[int] | None, int | str, type(list[int]))
try:
    int[3]
except TypeError as e: print(e)
print(list[int].append, list[int]() )
class G:
    def __class_getitem__(cls, item): return f"G[{item}]"
print(G[int], G["a"])
