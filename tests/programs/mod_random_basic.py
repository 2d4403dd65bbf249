# random: the same numbers as CPython for every seed and method.
# turnstile: stress
import random
for seed in (0, 1, 42, -5, 2**31, 2**32, 2**70, 123456789, True):
    random.seed(seed)
    print(seed, random.random(), random.random(), random.randint(1, 100), random.getrandbits(10), random.uniform(2, 5))
for seed in ("hello", "", "é", b"bytes", 1.5, -0.0):
    random.seed(seed)
    print(repr(seed), random.random(), random.randrange(1000))
random.seed(7)
print([random.randint(-10, 10) for _ in range(20)], [random.randrange(5) for _ in range(10)], [random.randrange(10, 100, 7) for _ in range(10)], [random.randrange(10, -10, -3) for _ in range(8)])
print([random.getrandbits(k) for k in (1, 5, 31, 32, 33, 63, 64, 65, 128, 200)], random.getrandbits(0), random.randint(0, 10**30), random.randrange(2**64), random.randrange(2**100, 2**101))
l = list(range(20)); random.shuffle(l); print(l, random.choice(l), random.choice("abc"), random.choice((1,)), random.sample(range(100), 10), random.sample("abcdef", 3), random.sample(range(10**9), 4), random.sample([1, 2, 3], 3), random.sample([], 0))
print(random.choices("abc", k=8), random.choices([1, 2, 3], weights=[5, 1, 1], k=10), random.choices("xy", cum_weights=[1, 4], k=6), random.uniform(5, -5), random.uniform(1, 1))
random.seed(7); a = [random.random() for _ in range(700)]; print(a[0], a[623], a[624], a[699], sum(a))
random.seed(7); print([random.random() for _ in range(700)] == a)
r1, r2 = random.Random(5), random.Random(5)
print(r1.random() == r2.random(), r1.randint(1, 6), r2.randint(1, 6), r1.getrandbits(40) == r2.getrandbits(40))
s = r1.getstate(); x = [r1.random() for _ in range(3)]; r1.setstate(s); print([r1.random() for _ in range(3)] == x)
for f in (lambda: random.randint(5, 1), lambda: random.randrange(0), lambda: random.randrange(5, 5), lambda: random.choice([]), lambda: random.sample([1], 2), lambda: random.getrandbits(-1), lambda: random.randrange(1, 10, 0), lambda: random.sample([1], -1), lambda: random.choices([], k=1), lambda: random.choices([1, 2], weights=[1], k=1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
