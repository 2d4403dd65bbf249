# A high recursion limit: deep calls succeed or end in RecursionError, and never crash.
import sys, threading
def f(n): return 0 if n == 0 else 1 + f(n - 1)
def attempt(n):
    try:
        return f(n) == n
    except RecursionError:
        return True
sys.setrecursionlimit(3000)
print(f(2500))
def run():
    print([attempt(n) for n in (100, 2000, 2990, 3500)])
run()
t = threading.Thread(target=run)
t.start()
t.join()
try:
    sys.setrecursionlimit(0)
except ValueError as e:
    print(e)
