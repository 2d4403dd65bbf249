# A traceback through methods, properties, __init__ and operators.
class Money:
    def __init__(self, n):
        self.n = n
    def __add__(self, other):
        return Money(self.n + other.n)
    @property
    def cents(self):
        return self.n * 100
class Wallet:
    def __init__(self, *items):
        self.total = self.sum_up(items)
    def sum_up(self, items):
        t = Money(0)
        for m in items:
            t = t + m
        return t
print(Wallet(Money(1), Money(2)).total.cents)
Wallet(Money(1), 5)
