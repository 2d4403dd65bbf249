# turnstile: shared stress
# Slice assignment, item assignment, reverse, sort and clear on one list race without crashing; each snapshot is plausible.
import threading
SIZE = 100
ROUNDS = 150
l = list(range(SIZE))
bad = []
def items():
    for r in range(ROUNDS):
        for i in range(0, SIZE, 9): l[i] = l[i]
def rev():
    for _ in range(ROUNDS): l.reverse()
def reader():
    for _ in range(ROUNDS):
        c = l[:]
        if len(c) != SIZE: bad.append(len(c))
        for v in c:
            if not (isinstance(v, int) and 0 <= v < SIZE): bad.append(v)
        l.index(c[0]) if c[0] in l else None
ts = [threading.Thread(target=f) for f in (rev, reader, reader)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(l) == list(range(SIZE)), bad)
ts = [threading.Thread(target=f) for f in (items, reader)]
for t in ts: t.start()
for t in ts: t.join()
print(l in (list(range(SIZE)), list(range(SIZE))[::-1]), bad)
m = []
def resize(k):
    for i in range(ROUNDS):
        m[:] = [k] * (i % 20)
        m[2:4] = [k, k, k]
        m.append(k)
        m.clear() if i % 7 == 0 else m.extend((k, k))
        try:
            m.pop()
        except IndexError:
            pass
        try:
            m[5] = k
            del m[3]
        except IndexError:
            pass
ts = [threading.Thread(target=resize, args=(k,)) for k in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(set(m) <= {0, 1, 2, 3}, isinstance(len(m), int))
