# Conditional expressions, boolean operators as values, evaluation order.
# turnstile: stress
log = []
def t(x, tag=None):
    log.append(tag if tag is not None else x)
    return x
print(t("a") if t(True, "c") else t("b"), log); log.clear()
print(t("a") if t(False, "c") else t("b"), log); log.clear()
print(1 if 0 else 2 if 0 else 3, (1 if 1 else 2) if 0 else 3)
print([x if x % 2 else -x for x in range(5)])
f = lambda n: "neg" if n < 0 else "zero" if n == 0 else "pos"
print(f(-1), f(0), f(1))
print(t(0) or t("") or t("x") or t("never"), log); log.clear()
print(t(1) and t([]) and t("never"), log); log.clear()
print((t(0) and t(1)) or t(2), log); log.clear()
print(not [] == (not []), not ([] == []))
a, b = (1, 2) if True else (3, 4)
print(a, b)
x = {"k": 1 if False else 2}
print(x)
# left-to-right evaluation
def seq():
    d = {}
    def k(n):
        log.append("k%d" % n)
        return n
    def v(n):
        log.append("v%d" % n)
        return n
    d[k(1)] = v(1)
    r = {k(2): v(2), k(3): v(3)}
    l = [v(4), v(5)]
    s = v(6) + v(7) * v(8) ** v(2)
    return r, l, s
print(seq(), log); log.clear()
class T:
    def __init__(self, n): self.n = n
    def __bool__(self):
        log.append("bool%d" % self.n)
        return bool(self.n)
    def __repr__(self): return "T%d" % self.n
print(T(0) or T(1), log); log.clear()
print(T(0) and T(1), log); log.clear()
print(not T(0), log); log.clear()
print("y" if T(1) and T(0) else "n", log); log.clear()
class L:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
print(bool(L(0)), bool(L(2)), "t" if L(0) else "f")
class Bad:
    def __bool__(self): return 1
class BadLen:
    def __len__(self): return -1
class StrLen:
    def __len__(self): return "x"
for c in (Bad, BadLen, StrLen):
    try:
        print(bool(c()))
    except Exception as e:
        print(type(e).__name__, e)
print(-2 ** 2, (-2) ** 2, 2 ** -1, 2 ** 3 ** 2, not 1 == 2, ~1 + 2, -1 // 2, 7 % -3, 1 | 2 ^ 3 & 4 << 1)
