# random: distributions computed with the same formulas as CPython (printed to 12 digits).
# turnstile: stress
import random
random.seed(2024)
p = lambda *v: print(" ".join("%.12g" % x for x in v))
p(*[random.gauss(0, 1) for _ in range(5)])
p(*[random.normalvariate(10, 2) for _ in range(5)])
p(*[random.expovariate(1.5) for _ in range(5)])
p(*[random.triangular(1, 10, 3) for _ in range(5)])
p(*[random.triangular() for _ in range(2)])
p(*[random.uniform(-3, 7.5) for _ in range(5)])
random.seed(99)
n, inside = 4000, 0
for _ in range(n):
    x, y = random.random(), random.random()
    if x * x + y * y <= 1.0: inside += 1
print(inside, 4 * inside / n)
rolls = {}
for _ in range(3000):
    s = random.randint(1, 6) + random.randint(1, 6)
    rolls[s] = rolls.get(s, 0) + 1
print(sorted(rolls.items()))
deck = [r + s for s in "CDHS" for r in "23456789TJQKA"]
random.shuffle(deck)
print([" ".join(deck[i * 13:(i + 1) * 13]) for i in range(4)])
walk = 0
path = [walk := walk + random.choice((-1, 1)) for _ in range(500)]
print(walk, min(path), max(path))
def reservoir(it, k):
    out = []
    for i, x in enumerate(it):
        if i < k: out.append(x)
        else:
            j = random.randrange(i + 1)
            if j < k: out[j] = x
    return out
print(reservoir(range(1000), 8))
def quick(l): return l if len(l) < 2 else (lambda p: quick([x for x in l if x < p]) + [x for x in l if x == p] + quick([x for x in l if x > p]))(random.choice(l))
print(quick([random.randint(0, 50) for _ in range(30)]))
print(random.Random("seeded").sample(range(50), 6), random.Random(3).random(), random.Random(3.0).random())
