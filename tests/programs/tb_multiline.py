# Multi-line calls and expressions: which line is shown, and the carets.
def f(a, b, c):
    return (a +
            b +
            c)
def g(**kw):
    d = {"k": None}
    return d["k"]["x"].y
try:
    f(1,
      2,
      "3")
except TypeError as e:
    print(e)
try:
    g()
except TypeError as e:
    print(e)
value = f(
    1,
    g(
        x=1,
    ),
    3,
)
