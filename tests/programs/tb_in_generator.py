# A traceback through a generator, a comprehension and a lambda.
def gen(limit):
    for i in range(limit):
        yield 10 // (2 - i)
def consume():
    return [x + 1 for x in gen(5)]
f = lambda g: g()
print("go")
f(consume)
