# Uncaught NameError and AttributeError end with a suggestion; the same errors caught and printed do not have it.
class Thing:
    colour = "red"
counter = 1
try:
    countr
except NameError as e:
    print(e)
try:
    Thing().color
except AttributeError as e:
    print(e)
print(Thing().color)
