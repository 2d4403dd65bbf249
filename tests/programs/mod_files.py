# Files, StringIO, BytesIO, os.path, bytearray.
# turnstile: stress
import io, os, sys


def show(value):
    return str(value).replace(str(os.getpid()), "PID")


name = f"/tmp/_turnstile_io_test_{os.getpid()}.txt"
with open(name, "w") as f:
    print(f.write("hello\nworld\n"), show(f.name), f.mode, f.closed, f.writable(), f.readable())
    print("line", 3, file=f)
    f.writelines(["a\n", "b"])
print(f.closed, open(name).read())
with open(name) as f:
    for i, line in enumerate(f): print(i, repr(line))
with open(name) as f:
    print(f.readline(), f.read(3), f.tell(), f.readlines(), f.read(), show(f))
    f.seek(0); print(f.read(5))
with open(name, "a") as f: f.write("é\n")
with open(name, encoding="utf-8") as f: print(f.read().splitlines()[-1])
with open(name, "rb") as f: print(f.read(), show(f))
with open(name, "r+b") as f:
    f.seek(2); f.write(b"XX"); f.seek(0); print(f.readline())
try: open("/nonexistent/x")
except FileNotFoundError as e: print(e, e.errno, e.filename, type(e).__name__)
try: open("/tmp")
except OSError as e: print(type(e).__name__, e)
try: f.read()
except ValueError as e: print(e)
try:
    with open(name) as f: f.write("x")
except io.UnsupportedOperation as e: print(e, isinstance(e, OSError))
for mode in ("q", "rw", "", "rbt", "rr"):
    try: open(name, mode)
    except ValueError as e: print(mode, e)
try: open(name, "x")
except FileExistsError as e: print(show(e))
try: open(name, "w").write(b"x")
except TypeError as e: print(e)
try: open(name, "wb").write("x")
except TypeError as e: print(e)
s = io.StringIO(); print("a", 1, file=s); s.write("x"); print(repr(s.getvalue())); s.seek(0); print(s.readline(), list(s))
s = io.StringIO("one\ntwo\n"); print([l for l in s], s.read(), s.closed)
b = io.BytesIO(b"abc"); print(b.read(1), b.read(), b.getvalue()); b.write(b"d"); print(b.getvalue())
print("to stderr", file=sys.stderr); sys.stderr.write("again\n"); sys.stdout.write("out\n")
os.remove(name)
print(os.path.exists(name), os.path.join("a", "b"), os.path.basename("/x/y.z"), os.path.splitext("a.b.c"), os.path.dirname("/x/y"), os.sep, repr(os.linesep))
ba = bytearray(b"abc"); ba.append(100); ba.extend(b"ef"); ba[0] = 65; print(ba, len(ba), ba[1], ba[1:3], bytes(ba), ba == b"Abcdef", ba.upper(), ba.find(b"c"), b"c" in ba, 99 in ba)
ba[1:3] = b"XYZ"; del ba[0]; ba += b"!"; print(ba, ba * 2, ba + b"q", b"q" + ba, ba.decode(), ba.hex(), ba.split(b"d"), ba.pop(), bytearray(3), bytearray([1,2]), bytearray("é", "utf8"))
for f in (lambda: ba.append(256), lambda: ba.append("a"), lambda: ba[100], lambda: bytearray("a"), lambda: bytearray().pop(), lambda: ba.remove(0), lambda: hash(ba), lambda: bytearray([300])):
    try: f()
    except Exception as e: print(type(e).__name__, e)
print(b"".join([b"a", bytes(bytearray(b"b"))]), sorted(bytearray(b"cab")), list(reversed(bytearray(b"ab"))), bytearray(b"a") < bytearray(b"b"), isinstance(ba, bytearray))
