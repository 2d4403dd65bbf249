# turnstile: stress
# A method is looked up before the arguments of its call are evaluated.
log = []


def note(x):
    log.append(x)
    return x


class Plain:
    def m(self, *args):
        return ("old", args)

    def change(self):
        Plain.m = lambda self, *args: ("new", args)
        return "changed"


class WithInstance:
    def m(self, *args):
        return ("class", args)

    def hide(self):
        self.m = lambda *args: ("instance", args)
        return "hidden"


class Dynamic:
    def __getattr__(self, name):
        note("get " + name)
        if name == "bad":
            raise AttributeError(name)
        return lambda *args: (name, args)


class WithProperty:
    @property
    def m(self):
        note("property")
        return lambda *args: ("property", args)


class Base:
    def m(self, x):
        return "Base.m %s" % x


class Derived(Base):
    def m(self, x):
        return "Derived.m %s; " % x + super().m(note("super argument"))

    @classmethod
    def make(cls, x):
        return (cls.__name__, x)

    @staticmethod
    def plain(x):
        return x * 2


def attempt(f):
    del log[:]
    try:
        print(f(), log)
    except Exception as e:
        print(type(e).__name__, e, log)


x = Plain()
attempt(lambda: x.missing(note("a")))
attempt(lambda: x.m(note(1), x.change(), note(2)))
attempt(lambda: x.m(note(1), x.change(), note(2)))
w = WithInstance()
attempt(lambda: w.m(w.hide()))
attempt(lambda: w.m(w.hide()))
attempt(lambda: Dynamic().good(note("b"), note("c")))
attempt(lambda: Dynamic().bad(note("b")))
attempt(lambda: WithProperty().m(note("d")))
attempt(lambda: Derived().m(note("e")))
attempt(lambda: Derived.make(note("f")))
attempt(lambda: Derived().plain(note(3)))
attempt(lambda: None.nothing(note("g")))
attempt(lambda: (5).missing(note("h")))
attempt(lambda: (5).bit_length())
attempt(lambda: [].missing(note("i")))
attempt(lambda: "a,b".split(note(",")))
attempt(lambda: [3, 1, 2].sort(key=note(None), reverse=note(True)))
attempt(lambda: x.missing(*note([1, 2])))
attempt(lambda: x.missing(k=note(1)))


def rebound(x):
    return x.upper() + x.join([(x := "-"), "b", x])


attempt(lambda: rebound("a"))


def conditional(flag, items):
    return items.append(note("yes") if flag else note("no"))


box = []
attempt(lambda: conditional(True, box))
attempt(lambda: conditional(False, box))
print(box)


def chain(text):
    return text.strip().replace(text.strip(), note("x").upper()).lower().join(["1", "2"])


attempt(lambda: chain("  q "))
attempt(lambda: x.m(x.m(x.m(1), 2), note(3)))

import math

attempt(lambda: math.floor(math.sqrt(note(17.0))))
attempt(lambda: math.missing(note(17.0)))


def replace_floor():
    old = math.floor
    math.floor = lambda v: "replaced"
    attempt(lambda: math.floor(2.5))
    math.floor = old
    return 2.5


attempt(lambda: math.floor(replace_floor()))


def raises_in_argument(v):
    try:
        return v.append(1 // 0)
    except ZeroDivisionError as e:
        return ("caught", v, str(e))


attempt(lambda: raises_in_argument([]))
