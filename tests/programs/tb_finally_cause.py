import sys
def f():
    raise KeyError("k") from ValueError("v")
try: f()
finally: print("fin")
