import sys
sys.setrecursionlimit(100)
def f(n): return f(n + 1)
def a(): return b()
def b(): return a()
try: f(0)
except RecursionError as e: print(e)
a()
