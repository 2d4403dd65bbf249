# UserDict, UserList, UserString, ExitStack's chaining, string.Formatter and Template, operator's further functions.
import copy
import operator
import random
from collections import UserDict, UserList, UserString, abc, defaultdict, deque
from contextlib import ExitStack
from string import Formatter, Template

users = UserList([1, 2, 3])
print(users + UserList("ab"), [0] + users, users * 2, users[1:], type(users[1:]).__name__, users == [1, 2, 3])
users += (9,)
users.append(4)
users.insert(0, 7)
users.remove(9)
users.sort(reverse=True)
users[0] = 70
del users[1]
print(users, users.index(2), users.count(1), 3 in users, isinstance(users, list), isinstance(users, abc.MutableSequence))


class Lower(UserDict):
    def __setitem__(self, key, item):
        super().__setitem__(key.lower(), item)

    def __missing__(self, key):
        return f"no {key}"


lower = Lower({"A": 1}, B=2)
lower |= {"c": 3}
lower.update(D=4)
print(lower, lower["zz"], lower.get("q", "default"), lower.pop("a"), lower | {"E": 5}, {"F": 6} | lower)
print(type(lower.copy()).__name__, sorted(lower), Lower.fromkeys("XY"), dict(lower), lower.setdefault("G", 7), len(lower))
text = UserString("hello")
print(text.upper(), type(text.upper()).__name__, text + "x", "y" + text, text[1:3], text.split("l"), "e" in text)
print(text == "hello", hash(text) == hash("hello"), int(UserString("12")), text.find(UserString("l")), text.center(9, "*"))
print(UserString("%s-%s") % (1, 2), text.startswith("he"), text.replace("l", UserString("L")), sorted(text)[0])


def failing(error):
    def callback():
        raise error
    return callback


try:
    with ExitStack() as stack:
        stack.callback(failing(IndexError("first registered")))
        stack.callback(failing(KeyError("second")))
        stack.callback(failing(AttributeError("third")))
        1 / 0
except Exception as error:
    chain = []
    while error is not None:
        chain.append(type(error).__name__)
        error = error.__context__
    print(chain)

try:
    try:
        raise OSError("outside")
    except OSError:
        with ExitStack() as stack:
            stack.callback(failing(KeyError("inside")))
except KeyError as error:
    print(repr(error.__context__))

template = Template("$who likes ${what} for $$5, $who")
print(template.get_identifiers(), template.is_valid(), Template("$ 5").is_valid(), template.safe_substitute(who="tim"))


class Missing(Formatter):
    def get_value(self, key, args, kwargs):
        return kwargs.get(key, f"<{key}>") if isinstance(key, str) else super().get_value(key, args, kwargs)

    def check_unused_args(self, used, args, kwargs):
        print("used", sorted(map(str, used)))


print(Missing().format("{x} {0:>{width}} {y!r} {1[k]} {2.real}", 1, {"k": "v"}, 3, y="q", width=5))
print(Missing().format("{} {} {{}}", 1, 2))
print(list(Formatter().parse("a{b!r:>{w}}c{{ {d[}]} }}")))
for wrong in ("{", "}", "{0} {}", "{0!}", "{0!zz}", "{0[}"):
    try:
        Formatter().format(wrong, 5)
    except ValueError as error:
        print(wrong, error)

print(operator.abs(-3), operator.iconcat([1], [2]), operator.__all__ == sorted(operator.__all__), len(operator.__all__))
for wrong in (lambda: operator.itemgetter(), lambda: operator.length_hint([], "x"), lambda: operator.iconcat(1, [])):
    try:
        wrong()
    except TypeError as error:
        print(error)

nested = deque([[1], [2]], 3)
deep = copy.deepcopy(nested)
nested[0].append(5)
print(nested, deep)


class Bound(defaultdict):
    def make(self):
        return []


bound = Bound()
bound.default_factory = bound.make
bound["k"].append(1)
print(repr(bound))
print(random.BPF, random.TWOPI, random.NV_MAGICCONST, len(random.__all__), "randrange" in random.__all__)
random.seed(7)
print(random.sample(UserList(range(10)), 3), random.sample(deque("abc"), 2))


# Deep copies of slices, structural context managers, isinstance with a typing.Union.
from contextlib import AbstractContextManager
from typing import List, Optional, Union

deep = copy.deepcopy(slice([1], None, 2))
print(deep, copy.copy(deep) is deep)


class Managed:
    def __enter__(self):
        return self

    def __exit__(self, *details):
        return None


print(isinstance(Managed(), AbstractContextManager), isinstance(3, AbstractContextManager), issubclass(ExitStack, AbstractContextManager))
try:
    type("Half", (AbstractContextManager,), {})()
except TypeError as error:
    print(error)
print(isinstance(3, Union[int, str]), isinstance(3.5, Union[int, str]), isinstance(None, Optional[int]), issubclass(bool, Union[int, str]))
try:
    isinstance([], List[int])
except TypeError as error:
    print(error)

try:
    with ExitStack() as stack:
        @stack.push
        def replaces(kind, error, traceback):
            try:
                raise KeyError("replaced")
            except KeyError as replaced:
                replaced.__context__ = None
                raise
        1 / 0
except KeyError as error:
    print(repr(error), repr(error.__context__))
