# Match statements.
# turnstile: stress
def f(x):
    match x:
        case 0: return "zero"
        case -1 | 1: return "one"
        case 1.5: return "float"
        case "a" | "b": return "letter"
        case None: return "none"
        case True: return "true"
        case []: return "empty"
        case [y]: return f"one {y}"
        case [a, b]: return f"two {a} {b}"
        case (a, *rest, z) if a == z: return f"same ends {a} {rest}"
        case [a, *_]: return f"starts {a}"
        case {"k": v, "n": [p, q]}: return f"map {v} {p} {q}"
        case {"k": v, **rest}: return f"kmap {v} {rest}"
        case {}: return "map"
        case int(n) if n > 100: return f"big {n}"
        case int(): return "int"
        case str() as s: return f"str {s}"
        case _: return "other"
for v in [0, 1, -1, 1.5, "a", "zz", None, True, False, [], [1], (1,2), [1,2,1], [1,2,3], {"k":1,"n":[2,3]}, {"k":1,"z":2}, {}, 500, 50, 2.5, {1,2}, b"x", range(3), "ab", object]:
    print(repr(v), f(v))
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Color:
    RED = 1
    GREEN = 2
def g(p):
    match p:
        case Point(0, 0): return "origin"
        case Point(x=0, y=yy): return f"on y {yy}"
        case Point(xx, 0): return f"on x {xx}"
        case Point(x, y) if x == y: return f"diag {x}"
        case Point(): return "point"
        case Color.RED: return "red"
        case (Point(x=a), Point(x=b)): return f"two {a} {b}"
        case [Point(x, y) as first, *others]: return f"list {first.x} {len(others)}"
        case {"pt": Point(x, y)}: return f"dict {x} {y}"
        case (1 | 2) as n: return f"n{n}"
        case [1, [2, [3, deep]]]: return deep
        case ((("a" | "b") as c), d): return c + str(d)
    return None
for v in [Point(0,0), Point(0,3), Point(4,0), Point(5,5), Point(1,2), 1, 2, (Point(1,1), Point(2,2)), [Point(1,2), 3, 4], {"pt": Point(8,9)}, [1,[2,[3,"d"]]], ("b", 5), 99]:
    print(g(v))
x = 5
match x, x + 1:
    case a, b:
        print(a, b)
match x:
    case y if y > 10: print("no")
    case y: print("y", y)
print(y)
match = 3
print(match)
match [1, 2]:
    case [1, case]: print(case)
def err(f):
    try: f()
    except Exception as e: print(type(e).__name__, e)
def e1():
    match Point(1,2):
        case Point(1, 2, 3): pass
err(e1)
def e2():
    match 3:
        case int(1, 2): pass
err(e2)
def e4():
    match 3:
        case x.y: pass
err(e4)
def e5():
    match Point(1, 2):
        case Point(1, x=2): pass
err(e5)
def e6():
    match 3:
        case match(): pass
err(e6)
class Bad: __match_args__ = 3
def e7():
    match Bad():
        case Bad(1): pass
err(e7)
class Bad2: __match_args__ = (3,)
def e8():
    match Bad2():
        case Bad2(1): pass
err(e8)
for i in range(3):
    match i:
        case 0: continue
        case 1: print("one")
        case 2: break
def gen():
    match (yield 1):
        case [a, b]: yield a + b
        case _: yield "?"
it = gen(); next(it); print(it.send([1,2]))
it = gen(); next(it); print(it.send(None))
