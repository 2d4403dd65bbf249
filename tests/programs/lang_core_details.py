# Corners of functions, descriptors, subclasses of builtin classes, iterators and isinstance.
import operator
import sys
import types


class Shape:
    def area(self):
        "the area"

    @staticmethod
    def unit(x: int) -> str:
        "a unit"

    @classmethod
    @property
    def label(cls):
        return cls.__name__.lower()


static = Shape.__dict__["unit"]
print(Shape().area.__class__.__name__, Shape().area.__doc__, static.__annotations__ == Shape.unit.__annotations__)
print(static.__wrapped__ is Shape.unit, static.__doc__, Shape.label, Shape().label)


def function():
    return 1


function.__dict__ = {"mark": 5}
print(function.mark, function.__dict__, sorted(function.__builtins__)[:1] != [])
for wrong in (5, None):
    try:
        function.__dict__ = wrong
    except TypeError as error:
        print(error)

cell = types.CellType(3)
empty = types.CellType()
print(cell.cell_contents, cell == types.CellType(3), empty < cell, empty == types.CellType())
empty.cell_contents = cell.cell_contents + 1
print(empty.cell_contents, empty > cell)
try:
    types.CellType().cell_contents
except ValueError as error:
    print(error)

for base in (list, tuple, set, frozenset, dict, float, str, int):
    argument = {int: 7, float: 7, str: "7"}.get(base, [(1, 2)])

    class Plain(base):
        pass

    class WithInit(base):
        def __init__(self, value, extra=None):
            self.extra = extra

    class WithNew(base):
        def __new__(cls, value, extra=None):
            self = super().__new__(cls, value)
            self.extra = extra
            return self

    try:
        print(base.__name__, WithInit(argument, extra=3).extra, end=" ")
        print(WithNew(argument, extra=3).extra if base not in (set, dict) else "-", end=" ")
        print(Plain(argument, extra=3))
    except TypeError as error:
        print(str(error).split("(")[-1] if base in (str, int) else error)


class Claims:
    def __init__(self, cls):
        self.cls = cls

    @property
    def __class__(self):
        return self.cls


class Abstract:
    def __init__(self, *bases):
        self.bases = bases

    @property
    def __bases__(self):
        return self.bases


top = Abstract()
middle = Abstract(top)
print(isinstance(Claims(int), int), isinstance(Claims(int), str), isinstance(Claims(int), Claims))
print(isinstance(Claims(middle), top), isinstance(Claims(top), middle), issubclass(middle, top), issubclass(top, middle))
print(issubclass(middle, (int, middle)), isinstance(3, (str, (bytes, (int, 5)))))
for check in (lambda: isinstance(1, 5), lambda: issubclass(int, 5), lambda: issubclass(5, int), lambda: issubclass(top, 3)):
    try:
        check()
    except TypeError as error:
        print(error)


class Number(int):
    pass


print(type(Number.from_bytes(b"a", "big")).__name__, bool.from_bytes(b"\0a", "big"), int.from_bytes(b"a", "little"))

for make in (lambda: {1, 2, 3}, lambda: frozenset("ab"), lambda: {1: 2}.values()):
    it = iter(make())
    hints = [operator.length_hint(it)]
    for _ in it:
        hints.append(operator.length_hint(it))
    print(hints)
it = reversed({1: 2, 3: 4})
print(operator.length_hint(it), next(it), operator.length_hint(it))


def ticking():
    ticking.count += 1
    return list(shared) if ticking.count == 3 else ticking.count


ticking.count = 0
shared = iter(ticking, 9)
print(next(shared), next(shared), next(shared, "exhausted by itself"), next(shared, "for good"))

print(eval(b"1 + 1"), eval(compile(b"'caf\xc3\xa9'", "f", "eval")))
namespace = {}
exec(b"x = 3", namespace)
print(namespace["x"])
for source in ("f'{!r}'", "f'{ :5}'", "f'{=}'", "f'{}'"):
    try:
        eval(source)
    except SyntaxError as error:
        print(source, error.msg)

print(sys.float_info)
print(sys.float_info.max_exp, sys.float_info[0] == sys.float_info.max, len(sys.int_info), sys.int_info.bits_per_digit)
print(sys.hash_info.modulus, sys.hash_info.inf == hash(float("inf")), sys.flags.optimize, sys.version_info[:2])


class Emptying:
    def __init__(self, target):
        self.target = target

    def __eq__(self, other):
        self.target.clear()
        return NotImplemented


first, second = [], []
first.append(Emptying(second))
second.append(Emptying(first))
print(first == second, first, second)
frozen = frozenset("ab")
print(frozen.__init__("other"), sorted(frozen))
