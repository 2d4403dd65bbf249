# Classic small algorithms over plain lists, dicts and ints.
def knapsack(items, cap):
    best = [0] * (cap + 1)
    for w, v in items:
        for c in range(cap, w - 1, -1): best[c] = max(best[c], best[c - w] + v)
    return best[cap]
print(knapsack([(2, 3), (3, 4), (4, 5), (5, 6)], 5), knapsack([(i, i * i % 37) for i in range(1, 40)], 100))
def lcs(a, b):
    t = [[""] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b): t[i + 1][j + 1] = t[i][j] + x if x == y else max(t[i][j + 1], t[i + 1][j], key=len)
    return t[-1][-1]
print(lcs("AGGTABQ", "GXTXAYBQ"), repr(lcs("abc", "xyz")))
def coins(n, cs):
    ways = [1] + [0] * n
    for c in cs:
        for i in range(c, n + 1): ways[i] += ways[i - c]
    return ways[n]
print(coins(200, [1, 2, 5, 10, 20, 50, 100, 200]), coins(1000, range(1, 30)))
def floyd(n, edges):
    inf = float("inf")
    d = [[0 if i == j else inf for j in range(n)] for i in range(n)]
    for a, b, w in edges: d[a][b] = w
    for k in range(n):
        for i in range(n):
            for j in range(n):
                if d[i][k] + d[k][j] < d[i][j]: d[i][j] = d[i][k] + d[k][j]
    return d
print(floyd(4, [(0, 1, 3), (1, 2, -2), (2, 3, 2), (3, 0, 1.5)]))
class DSU:
    def __init__(self, n): self.p = list(range(n))
    def find(self, x):
        while self.p[x] != x: self.p[x] = x = self.p[self.p[x]]
        return x
    def join(self, a, b):
        a, b = self.find(a), self.find(b)
        if a == b: return False
        self.p[a] = b
        return True
edges = sorted((i * j * 7919 % 101, i, j) for i in range(12) for j in range(i))
d = DSU(12); print(sum(w for w, a, b in edges if d.join(a, b)))
def sudoku(g):
    for i in range(81):
        if g[i] == 0:
            r, c = divmod(i, 9)
            used = {g[r * 9 + k] for k in range(9)} | {g[k * 9 + c] for k in range(9)} | {g[(r // 3 * 3 + k // 3) * 9 + c // 3 * 3 + k % 3] for k in range(9)}
            for v in range(1, 10):
                if v not in used:
                    g[i] = v
                    if sudoku(g): return True
            g[i] = 0
            return False
    return True
g = [int(c) for c in "534678912672195348198342567859761423426853791713924856961537284287419635345286100"]
print(sudoku(g), "".join(map(str, g[-9:])), sum(g))
def heap_sort(l):
    def sift(i, n):
        while (k := 2 * i + 1) < n:
            if k + 1 < n and l[k + 1] > l[k]: k += 1
            if l[i] >= l[k]: return
            l[i], l[k] = l[k], l[i]
            i = k
    for i in reversed(range(len(l) // 2)): sift(i, len(l))
    for n in range(len(l) - 1, 0, -1):
        l[0], l[n] = l[n], l[0]
        sift(0, n)
    return l
print(heap_sort([5, 2, 9, 1, 5, 6, -3]), heap_sort([i * 7919 % 1000 for i in range(500)])[::100])
def gray(n): return [i ^ i >> 1 for i in range(1 << n)]
print([f"{v:03b}" for v in gray(3)], [[1 if j in (0, i) else None for j in range(i + 1)] for i in range(3)])
def pascal(n):
    row = [1]
    for _ in range(n):
        yield row
        row = [1, *(a + b for a, b in zip(row, row[1:])), 1]
print(list(pascal(6)), sum(list(pascal(60))[-1]) == 2**59)
def luhn(s): return sum(d if i % 2 == 0 else d * 2 - 9 * (d > 4) for i, d in enumerate(map(int, reversed(s)))) % 10 == 0
print(luhn("79927398713"), luhn("79927398710"))
