counter = 0
scale = 1
registry = {}
callback = None
class StateError(Exception): pass
class Base:
    def name(self): return "Base"
    def describe(self): return "I am " + self.name() + " of " + helper()
def helper(): return "state helper"
def call_helper(): return helper()
def bump():
    global counter
    counter += 1
    return counter
def peek(): return counter
def fail(): raise StateError("from state")
def run_callback(): return callback()
def use_len(x): return len(x)
def gen(n):
    for i in range(n): yield (i + 1) * scale
def make_counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
def register(f):
    registry[f.__name__] = f
    return f
