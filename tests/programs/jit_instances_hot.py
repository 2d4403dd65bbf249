# Instances in hot loops: allocation, attribute updates, method chains, operators, __slots__-free vectors, linked lists.
class Vec:
    def __init__(self, x, y): self.x, self.y = x, y
    def __add__(self, o): return Vec(self.x + o.x, self.y + o.y)
    def __mul__(self, k): return Vec(self.x * k, self.y * k)
    def __eq__(self, o): return self.x == o.x and self.y == o.y
    def dot(self, o): return self.x * o.x + self.y * o.y
    def __iter__(self): yield self.x; yield self.y
    def __repr__(self): return "Vec(%r, %r)" % (self.x, self.y)
def walk(n, step):
    p = Vec(0, 0)
    for i in range(n):
        p = p + step
        if i % 100 == 99: p = p * 2
        if p.x > 10**9: p = Vec(0, p.y)
    return p
print(walk(3000, Vec(1, 2)), walk(500, Vec(0.5, -1)), walk(3000, Vec(2**40, 1)))
class Node:
    def __init__(self, v, nxt): self.v, self.next = v, nxt
def chain(n):
    head = None
    for i in range(n): head = Node(i, head)
    s = 0
    while head is not None:
        s = s * 3 % 10007 + head.v
        head = head.next
    return s
print(chain(4000))
class Counter:
    total = 0
    def __init__(self): self.n = 0
    def inc(self): self.n += 1; return self
    def add(self, k): self.n += k; Counter.total += k; return self
    @property
    def twice(self): return self.n * 2
    @twice.setter
    def twice(self, v): self.n = v // 2
    @staticmethod
    def st(a): return a + 1
    @classmethod
    def cl(cls, a): return cls.total + a
c = Counter()
s = 0
for i in range(3000):
    c.inc().add(i).inc()
    s += c.twice + Counter.st(i) + c.cl(1)
    c.twice = i
print(s, c.n, Counter.total)
class Base:
    def step(self, x): return self.op(x) + 1
class Dbl(Base):
    def op(self, x): return x * 2 % 1000003
class Sq(Base):
    def op(self, x): return x * x % 1000003
    def step(self, x): return super().step(x) + 1
def drive(objs, n):
    x = 3
    for i in range(n): x = objs[i % len(objs)].step(x)
    return x
print(drive([Dbl()], 2000), drive([Dbl(), Sq()], 3000), drive([Sq()], 1000))
class Stack:
    def __init__(self): self.d = []
    def push(self, v): self.d.append(v)
    def pop(self): return self.d.pop()
    def __len__(self): return len(self.d)
    def __getitem__(self, i): return self.d[i]
    def __contains__(self, v): return v in self.d
    def __bool__(self): return bool(self.d)
st = Stack()
t = 0
for i in range(3000):
    st.push(i)
    if i % 3 == 0: t += st.pop() + st[-1] if len(st) > 1 else 0
    if (i % 5) in st: t += 1
    if len(st) > 20:
        while st: t ^= st.pop()
print(t, len(st))
print(sum(a * b for a, b in (Vec(i, i + 1) for i in range(1000))), Vec(1, 2) == Vec(1.0, 2.0), sum(Vec(i, 1).dot(Vec(2, i)) for i in range(2000)))
