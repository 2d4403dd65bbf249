# Generator pipelines: tokenizer, merge, primes, windowed, groupby-like, coroutines, product, interleave.
# turnstile: stress
def tokens(s):
    i = 0
    while i < len(s):
        c = s[i]
        if c.isspace(): i += 1; continue
        if c.isdigit():
            j = i
            while j < len(s) and (s[j].isdigit() or s[j] == "."): j += 1
            yield ("num", float(s[i:j]) if "." in s[i:j] else int(s[i:j])); i = j
        elif c.isalpha():
            j = i
            while j < len(s) and s[j].isalnum(): j += 1
            yield ("id", s[i:j]); i = j
        else:
            yield ("op", c); i += 1
print(list(tokens("x1 = 3.5*(y + 42) - z")))
def merge(*its):
    its = [iter(i) for i in its]
    heads = []
    for i in its:
        for v in i: heads.append((v, i)); break
    while heads:
        k = min(range(len(heads)), key=lambda j: heads[j][0])
        v, i = heads.pop(k)
        yield v
        for n in i: heads.insert(k, (n, i)); break
print(list(merge([1, 4, 9], range(0, 10, 3), [5])))
def sieve():
    comp, n = {}, 2
    while True:
        if n not in comp:
            yield n
            comp[n * n] = [n]
        else:
            for p in comp.pop(n): comp.setdefault(n + p, []).append(p)
        n += 1
def take(n, it):
    if n <= 0: return
    for x in it:
        yield x
        n -= 1
        if n == 0: return
def takewhile(f, it):
    for x in it:
        if not f(x): return
        yield x
print(list(take(12, sieve())), sum(takewhile(lambda p: p < 500, sieve())))
def group(it, key=lambda x: x):
    it = iter(it)
    for x in it:
        cur, k = [x], key(x)
        for y in it:
            if key(y) != k:
                yield k, cur
                cur, k = [y], key(y)
            else: cur.append(y)
        yield k, cur
print([(k, len(v)) for k, v in group("aaabccd")], list(group(range(8), lambda x: x // 3)))
def product(*pools):
    if not pools: yield (); return
    for x in pools[0]:
        for rest in product(*pools[1:]): yield (x,) + rest
print(list(product("ab", [1, 2], "x")), len(list(product(*["01"] * 7))))
def perms(s):
    if len(s) < 2: yield s
    for i, c in enumerate(s):
        for p in perms(s[:i] + s[i + 1:]) if len(s) > 1 else (): yield c + p
print(list(perms("abc")))
def coroutine(f):
    def start(*a):
        c = f(*a); next(c); return c
    return start
@coroutine
def grep(pat, target):
    while True:
        line = yield
        if pat in line: target.send(line)
@coroutine
def collect(out):
    n = 0
    while True: out.append((n, (yield))); n += 1
out = []; c = grep("py", collect(out))
for line in ("python", "java", "pypy", "c"): c.send(line)
print(out)
def window(it, n):
    w = []
    for x in it:
        w.append(x)
        if len(w) > n: w.pop(0)
        if len(w) == n: yield tuple(w)
print(list(window(range(5), 3)), list(window("ab", 3)))
def cycle_n(it, n):
    saved = list(it)
    for _ in range(n): yield from saved
def interleave(*its):
    its = list(map(iter, its))
    while its:
        for i in its[:]:
            try: yield next(i)
            except StopIteration: its.remove(i)
print("".join(interleave("abc", "12345", "X")), list(cycle_n("ab", 2)))
def chunks(it, n):
    it = iter(it)
    while c := list(take(n, it)): yield c
print(list(chunks(range(7), 3)), list(map(sum, chunks(range(100), 25))))
def fibs():
    a, b = 0, 1
    while True: yield a; a, b = b, a + b
print([f for f in takewhile(lambda v: v < 10**6, fibs()) if f % 2 == 0], sum(x for x in take(200, fibs())))
