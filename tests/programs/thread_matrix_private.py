# Float and integer matrices multiplied privately by every thread, compared with the main thread's result.
import threading
THREADS = 4
SIZE = 14
def mat(k, f): return [[f((i * 7 + j * 3 + k) % 11) for j in range(SIZE)] for i in range(SIZE)]
def mul(a, b):
    n = len(a)
    out = []
    for i in range(n):
        row = []
        for j in range(n):
            s = a[i][0] * b[0][j]
            for k in range(1, n): s += a[i][k] * b[k][j]
            row.append(s)
        out.append(row)
    return out
def work(k):
    m = mat(k, int)
    f = mat(k, float)
    for _ in range(3): m = mul(m, m)
    f = mul(f, f)
    return sum(map(sum, m)), max(map(max, m)), sum(map(sum, f)), f[0][0]
outs = [[] for _ in range(THREADS)]
ts = [threading.Thread(target=lambda k=k: outs[k].append(work(k))) for k in range(THREADS)]
for t in ts: t.start()
for t in ts: t.join()
for o in outs: print(o[0])
print([o[0] for o in outs] == [work(k) for k in range(THREADS)])
