"""A simple module."""
loaded = 0
loaded += 1
value = 42
counter = 7
_private = "private"
def func(x): return x * value if isinstance(value, int) else x
def get_value(): return value
def set_value(v):
    global value
    value = v
class Klass:
    def get(self): return ("Klass", value)
