# turnstile: memory
# Run with --max-heap 64m: building something huge raises MemoryError, which the program survives, in threads too.
import threading
def list_bomb():
    l = [0] * 1000
    while True: l += l
def str_bomb():
    s = "abcdefgh"
    while True: s = s + s
def dict_bomb():
    d, i = {}, 0
    while True:
        d[i] = [i, i]
        i += 1
def int_bomb():
    n = 3
    while True: n = n * n
def attempt(f):
    try:
        f()
    except MemoryError as e:
        return type(e).__name__
for f in (list_bomb, str_bomb, dict_bomb, int_bomb):
    print(f.__name__, attempt(f))
print(sum([1] * 1000), "still alive")
out = []
t = threading.Thread(target=lambda: out.append(attempt(list_bomb)))
t.start(); t.join()
print(out, len("x" * 100000))
