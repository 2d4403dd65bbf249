# An uncaught exception through three functions.
def outer(x):
    return middle(x) + 1
def middle(x):
    y = x * 2
    return inner(y, "z")
def inner(a, b):
    return a / (a - a)
print("before")
outer(5)
print("never")
