# Type constructors converting between types; __int__, __float__, __index__, __bool__, __iter__; bool subclassing int.
print(int("12"), int(3.7), int(True), float("1e3"), float(5), str(12), str(1.0), bool("False"), bool(0.0), list("ab"), list({1: 2}), tuple([1]), dict([(1, 2)]), set([1, 1]), frozenset("a"), bytes([65]), list(range(3)), list(b"AB"), tuple("xy"), str(b"a"), str(["a"]), int("-0b11", 2), int("0", 0))
class N:
    def __int__(self): return 5
    def __float__(self): return 5.5
class I:
    def __index__(self): return 7
class T:
    def __trunc__(self): return 3
print(int(N()), float(N()), int(I()), float(I()), [0] * I(), "abcdefgh"[I()], hex(I()), range(I()), bytes(I()), chr(I()), round(1.23456789, I()), 1 << 3, divmod(int(I()), 2), list(range(10))[I()], "a" * I())
class BadI:
    def __index__(self): return "x"
class BadInt:
    def __int__(self): return 1.5
class BadF:
    def __float__(self): return 1
class BoolInt:
    def __int__(self): return True
for f in (lambda: int(BadI()), lambda: [1][BadI()], lambda: int(BadInt()), lambda: float(BadF()), lambda: [1][N()], lambda: range(N()), lambda: int(object()), lambda: float(object()), lambda: int("٣x"), lambda: bool(), lambda: int(None), lambda: list(None), lambda: dict("ab"), lambda: float("1,5"), lambda: int("1" * 5 + "z"), lambda: str(1, 2), lambda: set(None), lambda: bytes("a", "ascii", "strict", 1), lambda: complex if False else int(2.5, 10), lambda: int("5", base="x"), lambda: tuple(None), lambda: bool(1, 2), lambda: float("a" * 3), lambda: "x" * N()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(True + 1, True == 1, str(True), repr(False), int(True), float(False), True & 1, True and 5, not 0, [10, 20][True], {True: "t"}[1], sum([True, False, True]), isinstance(True, int), bool(2) is True, True * "ab", -True, ~False, True / 2, True // 1, True ** 3, max(True, 2), f"{True}", f"{True:d}", "%s %d" % (True, True), True < 2, (1 == True), bool(float("nan")), bool(-0.0), bool("\0"))
print(list(map(int, ["1", " 2 ", "3\n"])), list(map(float, "1 .5 2e1".split())), [bool(x) for x in (0, 1, "", " ", [], [0], None, (), {}, 0.1)], dict(a=1, **{"b": 2}), dict([["k", "v"]]), dict({1: 2}.items()), list(dict(a=1).items()), tuple({"x": 1, "y": 2}), sorted(set("hello")), "".join(sorted("hello")), list(zip("ab", (1, 2))), [list(t) for t in [(1, 2)]], int("".join(["4", "2"])), str(int("007")), ord(str(5)), chr(ord("a") + 1))
print(hash(True) == hash(1), hash("x") == hash("x"), hash((1, "a")) == hash((1, "a")), hash(None) == hash(None), hash(1.5) == hash(1.5), hash(frozenset([1, 2])) == hash(frozenset([2, 1])), hash(range(3)) == hash(range(3)), hash(b"a") == hash(b"a"), hash(2**100) == hash(2.0**100), hash(-1) == hash(-2))
