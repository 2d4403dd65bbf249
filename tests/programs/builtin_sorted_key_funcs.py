# Small programs in a functional style over builtins: histogram, transpose, group, run-length, matrix, roman numerals.
words = "it was the best of times it was the worst of times".split()
freq = {}
for w in words: freq[w] = freq.get(w, 0) + 1
print(sorted(freq.items(), key=lambda p: (-p[1], p[0])), max(freq, key=freq.get), sorted(set(map(len, words))))
by = {}
for w in words: by.setdefault(len(w), set()).add(w)
print({k: sorted(v) for k, v in sorted(by.items())})
m = [[1, 2, 3], [4, 5, 6]]
print(list(map(list, zip(*m))), [sum(r) for r in m], [sum(c) for c in zip(*m)], sum(map(sum, m)), [list(reversed(r)) for r in m], [r[::-1] for r in zip(*m[::-1])])
def reduce(f, it, *init):
    it = iter(it)
    acc = init[0] if init else next(it)
    for x in it: acc = f(acc, x)
    return acc
print(reduce(lambda a, b: a * b, range(1, 11)), reduce(max, [3, 9, 2]), reduce(lambda a, b: a + [b] if b not in a else a, "hello", []), reduce(lambda a, d: {**a, **d}, [{"a": 1}, {"b": 2}], {}))
def roman(n):
    out = ""
    for v, s in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        k, n = divmod(n, v)
        out += s * k
    return out
print([roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999)])
def rle(s):
    out = []
    for c in s:
        if out and out[-1][0] == c: out[-1][1] += 1
        else: out.append([c, 1])
    return "".join(c + (str(n) if n > 1 else "") for c, n in out)
print(rle("aaabccdddd"), rle(""), rle("x"))
print(sorted(words, key=lambda w: (len(w), w))[:4], sorted(enumerate("bca"), key=lambda p: p[1]), [i for i, _ in sorted(enumerate([30, 10, 20]), key=lambda p: p[1])], sorted("Banana apple Cherry".split(), key=str.casefold, reverse=True))
pipeline = [str.strip, str.lower, lambda s: s.replace(" ", "_"), lambda s: s[:8]]
print([reduce(lambda v, f: f(v), pipeline, s) for s in ("  Hello World ", "ABC")])
print([n for n in range(2, 60) if all(n % d for d in range(2, int(n ** 0.5) + 1))], [(a, b) for a in range(1, 5) for b in range(a, 5) if (a + b) % 3 == 0], {n: [d for d in range(1, n + 1) if n % d == 0] for n in (6, 12)})
def base(n, b): return "0" if n == 0 else (base(n // b, b) if n >= b else "") + "0123456789abcdef"[n % b]
print([base(n, b) for n, b in ((255, 16), (10, 2), (0, 3), (2**40, 7))], all(int(base(n, 5), 5) == n for n in range(300)))
def lev(a, b):
    prev = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        cur = [i]
        for j, y in enumerate(b, 1): cur.append(min(prev[j] + 1, cur[-1] + 1, prev[j - 1] + (x != y)))
        prev = cur
    return prev[-1]
print(lev("kitten", "sitting"), lev("", "abc"), lev("same", "same"))
print(*("".join("#" if (i & j) == 0 else "." for j in range(16)) for i in range(8)), sep="\n")
print("".join(chr((ord(c) - 97 + 13) % 26 + 97) if c.islower() else c for c in "hello, world"), " ".join(w.capitalize() for w in words[:3]), sum(int(d) for d in str(2**100)), "racecar" == "racecar"[::-1])
