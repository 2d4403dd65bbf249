class A:
    def f(self):
        return self.valu
    value = 1
A().f()
