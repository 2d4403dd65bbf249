# print: sep, end, file, flush; multiple types; stderr goes elsewhere; custom file objects; sys.stdout.write.
import sys
print()
print(1, "a", None, 2.5, [1], (1,), {"k": 1}, {1}, b"x", True, sep="|")
print("a", "b", sep="", end="!\n")
print("no newline", end=""); print(); print(sep="x"); print("x", sep=None, end=None)
print(*range(5), sep=", "); print(*"abc", sep="\n"); print(*[], end="empty\n"); print("é日\U0001f600", "tab\there", "nul\0".replace("\0", "0"))
print("to stderr", file=sys.stderr) if False else None
class W:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s); return len(s)
    def flush(self): self.parts.append("<flush>")
w = W()
print("a", 1, file=w, sep="-"); print("x", end="", file=w, flush=True); print(file=w)
sys.stdout.write("raw write\n")
print(w.parts, "".join(w.parts).split("\n"))
for f in (lambda: print(sep=1), lambda: print(end=5), lambda: print("a", nope=1), lambda: print("x", file=5), lambda: print("a", sep=b"")):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
class S:
    def __str__(self): return "S.str"
print(S(), [str(S())], "%s" % S(), f"{S()}")
print(print("inner"), print)if False else print(print("inner"))
print("multi\nline", "second", sep="\n---\n")
print("a\\b", 'q"q', "q'q", ["q'q", 'q"q', "b\\n"])
old = sys.stdout
sys.stdout = w2 = W()
print("captured", 1)
sys.stdout = old
print(w2.parts)
def table(rows):
    widths = [max(len(str(r[i])) for r in rows) for i in range(len(rows[0]))]
    for r in rows: print("  ".join(str(c).ljust(w) if isinstance(c, str) else str(c).rjust(w) for c, w in zip(r, widths)))
table([("name", "n", "ratio"), ("alpha", 1, 0.5), ("be", 100, 12.25)])
print(1, 2, 3, sep="\t", end="\n\n")
print("very " * 50)
print(10**50, -10**50, 1e50, -0.0, float("inf"))
print([None, True, ..., NotImplemented, int, print is print])
