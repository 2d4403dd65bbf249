x = ()
if x is "a":
    pass
assert (x, "always")
try:
    [1, 2]["a"]
except TypeError:
    pass
try:
    (1)(2)
except TypeError:
    pass
