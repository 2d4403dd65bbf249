# A failed lookup of a method is reported where it stands, a failing call as a whole.
class C:
    def m(self, x):
        raise ValueError(x)


c = C()


def missing():
    return (c
            .missing(print("never"), 1))


def fails():
    return c.m(
        c.m.__name__)


try:
    missing()
except AttributeError as e:
    first = e
try:
    fails()
except ValueError as e:
    raise RuntimeError("both") from first
