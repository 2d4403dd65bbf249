# Hot attribute loads and method calls on objects of several classes, whose classes and attributes change meanwhile.


class A:
    def __init__(self, n):
        self.x = n

    def m(self, k):
        return self.x + k

    def two(self, k, scale=2):
        return k * scale


class B:
    def __init__(self, n):
        self.other = 0
        self.x = n + 0.5

    def m(self, k):
        return self.x - k

    def two(self, k, scale=3):
        return k + scale


class C(A):
    def __init__(self, n):
        self.tag = "c"
        super().__init__(n)

    def m(self, k):
        return super().m(k) * 2


class D:
    x = 100

    def m(self, k, *rest):
        return k

    @staticmethod
    def two(k):
        return -k


class Quiet:
    def __getattr__(self, name):
        if name == "x":
            return 7
        if name == "m":
            return lambda k: k * 10
        if name == "two":
            return lambda k: 1
        raise AttributeError(name)


class ListLike(list):
    x = 3

    def m(self, k):
        return len(self) + k

    def two(self, k):
        return self.append(k) or len(self)


def work(objects, rounds):
    total = 0
    twos = 0
    for i in range(rounds):
        for o in objects:
            total += o.x
            total += o.m(i % 5)
            twos += o.two(i % 3)
    return total, twos


few = [A(1), B(2), C(3)]
print(work(few, 2000))
many = few + [D(), Quiet(), ListLike([1])]
print(work(many, 1500))
few[0].late = 1
few[1].late = 2
print(work(few, 500))
A.m = lambda self, k: 1000
print(work(few, 500))
few[1].m = lambda k: 1
print(work(few, 500))
del few[1].m
del few[0].x
A.x = -1
print(work(few, 500))


def failures(objects, rounds):
    caught = 0
    for i in range(rounds):
        for o in objects:
            try:
                o.m(i, i, i, i)
            except TypeError:
                caught += 1
            try:
                caught += o.missing
            except AttributeError:
                caught += 10
            try:
                o.nothing(i)
            except AttributeError:
                caught += 100
    return caught


print(failures([B(1), D(), C(2)], 700))


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def depth(self, limit):
        if limit == 0:
            raise RecursionError("limit")
        return 1 + max(self.left.depth(limit - 1), self.right.depth(limit - 1))


class Leaf:
    def depth(self, limit):
        return 0


class Marked(Leaf):
    def __init__(self):
        self.mark = 1

    def depth(self, limit):
        return self.mark


def tree(n):
    if n == 0:
        return Leaf()
    if n == 3:
        return Node(Marked(), tree(n - 1))
    return Node(tree(n - 1), tree(n - 1))


t = tree(9)
print([t.depth(20) for _ in range(30)][-1])
try:
    t.depth(5)
except RecursionError as e:
    print(e)
