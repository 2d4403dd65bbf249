# A method that does not exist: the lookup is underlined; one that fails: the whole call.
class A:
    def f(self, x):
        return x.missing(1, 2)


def g(a):
    return (a
            .f(None))


try:
    A().f(1, 2)
except TypeError as e:
    print(e)
g(A())
