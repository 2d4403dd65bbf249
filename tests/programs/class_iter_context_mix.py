# A linked list, a bank, a matrix: several dunders cooperating in one class.
# turnstile: stress
class LinkedList:
    class _Node:
        def __init__(self, v, nxt=None): self.v, self.nxt = v, nxt
    def __init__(self, it=()):
        self.head = self.tail = None
        self.n = 0
        for v in it: self.append(v)
    def append(self, v):
        node = self._Node(v)
        if self.head is None: self.head = self.tail = node
        else: self.tail.nxt = node; self.tail = node
        self.n += 1
        return self
    def __iter__(self):
        n = self.head
        while n: yield n.v; n = n.nxt
    def __len__(self): return self.n
    def __getitem__(self, i):
        if isinstance(i, slice): return LinkedList(list(self)[i])
        if i < 0: i += self.n
        for k, v in enumerate(self):
            if k == i: return v
        raise IndexError("linked list index out of range")
    def __add__(self, o): return LinkedList([*self, *o])
    def __radd__(self, o): return LinkedList([*o, *self])
    def __iadd__(self, o):
        for v in o: self.append(v)
        return self
    def __mul__(self, k): return LinkedList(list(self) * k)
    def __eq__(self, o): return len(self) == len(o) and all(a == b for a, b in zip(self, o))
    def __reversed__(self): return iter(list(self)[::-1])
    def __repr__(self): return "LL<" + "->".join(map(repr, self)) + ">"
    def __bool__(self): return self.n > 0
    def __contains__(self, v): return any(x == v for x in self)
l = LinkedList("abc")
print(l, len(l), l[0], l[-1], l[1:], l + "d", [0] + l, l * 2, "b" in l, list(reversed(l)), bool(LinkedList()))
l += [1, 2]
print(l, l == ["a", "b", "c", 1, 2], sorted(map(str, l)))
try:
    l[9]
except IndexError as e:
    print(e)
class Account:
    def __init__(self, owner, balance=0): self.owner, self.balance, self.journal = owner, balance, []
    def __enter__(self): self.saved = self.balance; return self
    def __exit__(self, t, v, tb):
        if t is not None:
            self.balance = self.saved
            self.journal.append("rollback %s" % v)
        return t is ValueError
    def __isub__(self, n):
        if n > self.balance: raise ValueError("insufficient: %d > %d" % (n, self.balance))
        self.balance -= n
        return self
    def __iadd__(self, n): self.balance += n; return self
acc = Account("x", 100)
with acc as a:
    a += 50
    a -= 500
print(acc.balance, acc.journal)
with acc as a: a -= 30
print(acc.balance)
class Poly:
    def __init__(self, *c): self.c = list(c)
    def __call__(self, x):
        r = 0
        for k in reversed(self.c): r = r * x + k
        return r
    def __mul__(self, o):
        r = [0] * (len(self.c) + len(o.c) - 1)
        for i, a in enumerate(self.c):
            for j, b in enumerate(o.c): r[i + j] += a * b
        return Poly(*r)
    def __pow__(self, n):
        r = Poly(1)
        for _ in range(n): r *= self
        return r
    def __repr__(self): return " + ".join("%d*x^%d" % (k, i) for i, k in enumerate(self.c) if k) or "0"
    def __getattr__(self, n):
        if n == "degree": return len(self.c) - 1
        raise AttributeError(n)
p = Poly(1, 1) ** 6
print(p, p(2), p(10**6), p.degree, Poly(0))
