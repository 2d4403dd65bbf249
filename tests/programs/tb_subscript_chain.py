data = {"a": [1, 2, {"b": None}]}
def f(a, b): return a / b
def g():
    return f(1,
             0) + data["a"][2]["b"].x
try:
    g()
except Exception:
    x = data["a"][2]["b"]["c"]["d"]
