# Builtins that a program replaces, adds and removes are those that all its functions see, hot ones too.
# turnstile: stress
import builtins


def count(items):
    total = 0
    for _ in range(40):
        total += len(items)
    return total


def warm():
    return [count([1, 2, 3]) for _ in range(60)][-1]


print(warm())
original = builtins.len
builtins.len = lambda items: 100
print(count([1, 2, 3]), len([]))
builtins.len = original
print(count([1, 2, 3]), warm())


def uses_added():
    return added_by_program


for attempt in range(3):
    try:
        print(uses_added())
    except NameError as error:
        print(error)
    builtins.added_by_program = attempt
print(uses_added(), warm())
del builtins.added_by_program
try:
    uses_added()
except NameError as error:
    print(error)

len = lambda items: 7
print(count([1]), builtins.len([1]))
del len
print(count([1]))
print(__builtins__ is builtins, builtins.__name__, uses_added.__builtins__ is builtins.__dict__)
exec("print(len([1, 2]), shown)", {"__builtins__": {"print": print, "len": lambda items: -1, "shown": "own"}})
