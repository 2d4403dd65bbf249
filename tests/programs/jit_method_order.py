# Hot method calls whose method changes while the arguments are evaluated, and receivers of several kinds.


class Counter:
    def __init__(self):
        self.total = 0

    def add(self, n):
        self.total += n
        return self

    def same(self, n):
        return n


class Other(Counter):
    def add(self, n):
        self.total += 2 * n
        return self


def run(c, rounds, changing):
    i = 0
    seen = 0
    while i < rounds:
        c.add(c.same(i)).add(1)
        seen += c.same(changing(i))
        i += 1
    return c.total, seen


def nothing(i):
    return 0


def change(i):
    if i == 1500:
        Counter.same = lambda self, n: n + 1000
    if i == 2500:
        c.same = lambda n: n + 5
    return 1


c = Counter()
print(run(Counter(), 4000, nothing))
print(run(Other(), 4000, nothing))
print(run(c, 4000, change))


def hot_lists(rounds):
    out = []
    pick = [out.append, nothing]
    for i in range(rounds):
        out.append(len(out) if i % 3 else out.count(0))
        if i % 100 == 99:
            out.append(out.pop() + pick[1](i))
    return len(out), sum(out)


print(hot_lists(5000))


def hot_missing(values):
    caught = 0
    evaluated = []
    for v in values:
        try:
            v.append(evaluated.append(v))
        except AttributeError as e:
            caught += 1
    return caught, len(evaluated)


print(hot_missing([[] for _ in range(3000)] + [3, "s", None, 2.5] * 50))


def deep(n):
    # An argument whose guard fails leaves compiled code between the lookup and the call.
    text = ""
    parts = []
    for i in range(n):
        value = i if i % 997 else float(i)
        parts.append(str(value + 1))
        text = ",".join([text[-20:], parts[-1].rjust(3 + value.__class__.__name__.__len__())])
    return text, len(parts)


print(deep(4000))


def raising(n):
    kept = []
    failures = 0
    for i in range(n):
        try:
            kept.append(10 // (i % 7))
        except ZeroDivisionError:
            failures += 1
    return sum(kept), failures


print(raising(4000))


class Shape:
    def area(self, k):
        return k


class Square(Shape):
    def __init__(self, a):
        self.a = a

    def area(self, k):
        return self.a * self.a * k


class Circle(Shape):
    def __init__(self, r):
        self.name = "circle"
        self.r = r

    def area(self, k):
        return 3 * self.r * self.r * k


def areas(shapes, rounds):
    total = 0
    for i in range(rounds):
        for s in shapes:
            total += s.area(i % 3)
    return total


print(areas([Square(2), Circle(3), Shape()], 1500))
