# turnstile: shared
# Four threads insert, update and delete distinct keys of one dict.
import threading
THREADS = 4
N = 1500
d = {}
def worker(k):
    for i in range(N):
        d[k, i] = i
        d["%d-%d" % (k, i)] = str(i)
        if i % 3 == 0:
            del d[k, i]
        if i % 5 == 0:
            assert d.pop("%d-%d" % (k, i)) == str(i)
        assert d.get((k, i + 1)) is None
threads = [threading.Thread(target=worker, args=(k,)) for k in range(THREADS)]
for t in threads: t.start()
for t in threads: t.join()
want = {}
for k in range(THREADS):
    for i in range(N):
        if i % 3: want[k, i] = i
        if i % 5: want["%d-%d" % (k, i)] = str(i)
print(len(d), d == want)
for k in range(THREADS):
    print([key for key in d if isinstance(key, tuple) and key[0] == k] == [(k, i) for i in range(N) if i % 3])
