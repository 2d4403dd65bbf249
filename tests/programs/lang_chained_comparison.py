# Chained comparison: each operand is evaluated once, evaluation stops early; in, is, not in.
# turnstile: stress
log = []
def t(x):
    log.append(x)
    return x
print(t(1) < t(2) < t(3), log); log.clear()
print(t(1) > t(2) > t(3), log); log.clear()
print(t(1) < t(5) > t(3) != t(4) <= t(4), log); log.clear()
print(t(1) == t(1) == t(2) == t(3), log); log.clear()
x = 5
print(1 < x < 10, 10 < x < 20, 1 < x > 3, x == 5 in [5], (x == 5) in [5], (x == 5) in [True])
print(1 in [1] == True, (1 in [1]) == True)
print(None is None is None, [] is not [] , 1 < 2 in (2, 3))
print("a" < "b" < "c", "a" < "B", "" < "a", (1, 2) < (1, 3) < (2,), [1] < [1, 0])
print(not 1 < 2, not (1 > 2), 3 not in (1, 2) and 1 in (1,))
nan = float("nan")
print(nan == nan, nan != nan, nan < nan, nan in [nan], [nan] == [nan], nan is nan)
print(1 == 1.0 == True, 0 == False == 0.0 == -0.0, 2 == True)
class V:
    def __init__(self, r):
        self.r = r
    def __lt__(self, o):
        log.append("lt")
        return self.r
    def __gt__(self, o):
        log.append("gt")
        return "gt:" + str(self.r)
print(V([]) < 1 < 0, log); log.clear()
print(V("yes") < V("x") < 3, log); log.clear()
print(1 < V(7), log); log.clear()
class B:
    def __bool__(self):
        log.append("bool")
        return False
class R:
    def __lt__(self, o):
        return B()
r = R() < R() < R()
print(type(r).__name__, log)
def conds(a, b, c):
    if a < b < c:
        return "asc"
    elif a > b > c:
        return "desc"
    elif a <= b >= c:
        return "peak"
    return "other"
print(conds(1, 2, 3), conds(3, 2, 1), conds(1, 3, 2), conds(3, 1, 2))
for a, b in [(1, "a"), ([], ()), (None, 1), ({}, {}), (object, 1), ({1}, [1])]:
    try:
        print(a < b)
    except TypeError as e:
        print(e)
for a, b in [(1, "a"), ([], ()), (None, 1)]:
    print(a == b, a != b)
