# Recursion: mutual, deep but legal, Ackermann, permutations, hanoi, memo, nested functions.
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print(even(400), odd(401), even(7))
def ack(m, n):
    if m == 0: return n + 1
    if n == 0: return ack(m - 1, 1)
    return ack(m - 1, ack(m, n - 1))
print(ack(2, 9), [ack(i, i) for i in range(3)])
def perms(s):
    if len(s) <= 1: return [s]
    return [s[i] + p for i in range(len(s)) for p in perms(s[:i] + s[i + 1:])]
print(perms("abc"), len(perms("abcdef")))
def hanoi(n, a, b, c, moves):
    if n:
        hanoi(n - 1, a, c, b, moves)
        moves.append((a, c))
        hanoi(n - 1, b, a, c, moves)
    return moves
m = hanoi(8, "A", "B", "C", [])
print(len(m), m[:4], m[-1])
def flatten(x):
    if isinstance(x, (list, tuple)):
        return [z for y in x for z in flatten(y)]
    return [x]
print(flatten([1, [2, (3, [4, []]), 5], [[[6]]]]))
def depth(n): return 0 if n == 0 else 1 + depth(n - 1)
print(depth(800))
def collatz(n, d=0): return d if n == 1 else collatz(n // 2 if n % 2 == 0 else 3 * n + 1, d + 1)
print([collatz(i) for i in (1, 7, 27)])
def subsets(l):
    if not l:
        yield []
        return
    for s in subsets(l[1:]):
        yield s
        yield [l[0]] + s
print(sorted(subsets([1, 2, 3])))
def gcd(a, b): return a if b == 0 else gcd(b, a % b)
print(gcd(2**100 * 3, 2**50 * 9))
def qsort(l):
    if len(l) < 2: return l
    p, *r = l
    return qsort([x for x in r if x < p]) + [p] + qsort([x for x in r if x >= p])
print(qsort([3, 6, 1, 8, 2, 9, 2]))
def queens(n, row=0, cols=(), d1=(), d2=()):
    if row == n: return 1
    return sum(queens(n, row + 1, cols + (c,), d1 + (row + c,), d2 + (row - c,))
               for c in range(n) if c not in cols and row + c not in d1 and row - c not in d2)
print([queens(n) for n in range(1, 7)])
def infinite(n): return infinite(n + 1)
try:
    infinite(0)
except RecursionError as e:
    print(type(e).__name__, e)
def tree(d): return (tree(d - 1), d, tree(d - 1)) if d else None
print(tree(3))
