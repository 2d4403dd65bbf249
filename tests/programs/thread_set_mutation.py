# turnstile: shared stress
# Threads add to, discard from and test one set.
import threading
THREADS = 4
N = 2000
s = set()
def worker(k):
    for i in range(N):
        s.add(k * N + i)
        assert k * N + i in s
        s.add(("same", i % 10))
        if i % 4 == 0: s.discard(k * N + i)
        if i % 7 == 0: s.discard(-1 - i)
threads = [threading.Thread(target=worker, args=(k,)) for k in range(THREADS)]
for t in threads: t.start()
for t in threads: t.join()
want = {k * N + i for k in range(THREADS) for i in range(N) if i % 4} | {("same", i) for i in range(10)}
print(len(s), s == want)
gots = [[] for _ in range(THREADS)]
def drain(got):
    try:
        while True: got.append(s.pop())
    except KeyError as e:
        got.append(e.args)
threads = [threading.Thread(target=drain, args=(g,)) for g in gots]
for t in threads: t.start()
for t in threads: t.join()
print([g.pop() for g in gots], set(x for g in gots for x in g) == want, sum(map(len, gots)) == len(want), s)
