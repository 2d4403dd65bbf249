# turnstile: shared
# Objects are changed by their makers while other threads change them, too; threads hand objects on; nothing is lost.
import threading

THREADS = 4
ROUNDS = 400
OBJECTS = 40
HANDED = 300


class Record:
    pass


class Pair:
    def __init__(self, a, b):
        self.a = a
        self.b = b


def run_all(target, count=THREADS):
    threads = [threading.Thread(target=target, args=(k,)) for k in range(count)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


# Every thread makes lists and dicts and starts on its own, then goes over everybody's.
lists = [None] * OBJECTS
dicts = [None] * OBJECTS
records = [None] * OBJECTS
gate = threading.Barrier(THREADS)


def make_and_meet(k):
    for i in range(k, OBJECTS, THREADS):
        lists[i] = []
        dicts[i] = {}
        records[i] = Record()
    gate.wait()
    for i in range(OBJECTS):
        shared_list = lists[i]
        shared_dict = dicts[i]
        record = records[i]
        rounds = ROUNDS if i % THREADS == k else ROUNDS // 4
        for n in range(rounds):
            shared_list.append(k)
            if n % 3 == 0:
                shared_list.append(shared_list.pop())
            shared_dict[k * 100000 + n] = n
        setattr(record, "of_%d" % k, k)
        record.last = 1


run_all(make_and_meet)
expected = ROUNDS + (THREADS - 1) * (ROUNDS // 4)
print(all(len(x) == expected for x in lists), all(len(d) == expected for d in dicts))
for k in range(THREADS):
    wanted = [ROUNDS if i % THREADS == k else ROUNDS // 4 for i in range(OBJECTS)]
    print(k, [x.count(k) for x in lists] == wanted, all(getattr(r, "of_%d" % k) == k for r in records))
print(all(r.last == 1 for r in records), sorted(records[0].__dict__) == sorted(records[-1].__dict__))


# One thread makes, others finish what it made.
handed = []
finished = []
lock = threading.Lock()
wake = threading.Condition(lock)


def producer(k):
    for i in range(HANDED):
        made = [Pair(i, k), [i], {"i": i}]
        with wake:
            handed.append(made)
            wake.notify()
    with wake:
        handed.append(None)
        wake.notify_all()


def consumer(k):
    while True:
        with wake:
            while not handed:
                wake.wait()
            if handed[0] is None:
                return
            pair, items, table = handed.pop(0)
        pair.total = pair.a + 1
        pair.by = k
        items.append(pair.total)
        items[0] = -items[0]
        table["total"] = pair.total
        del table["i"]
        with lock:
            finished.append((pair, items, table))


run_all(lambda k: producer(k) if k == 0 else consumer(k))
finished.sort(key=lambda f: f[0].a)
print(len(finished), all(p.total == p.a + 1 == i[1] == t["total"] and i[0] == -p.a for p, i, t in finished))
print(sum(len(t) for _, _, t in finished), {len(i) for _, i, _ in finished})


# The same list for all, and each thread's own, in one loop.
common = list(range(100))


def pop_and_append(k):
    own = list(range(100))
    for n in range(ROUNDS * 5):
        common.append(common.pop())
        own.append(own.pop())
        own[n % 100] = own[(n + 1) % 100]
        p = Pair(n, k)
        p.c = own
    assert len(own) == 100 and p.c is own and p.a == n


run_all(pop_and_append)
print(len(common), sorted(common) == list(range(100)))


# More threads than there are owners.
counted = []


def many(k):
    own = []
    for n in range(20):
        own.append(n)
        counted.append(k)
    assert own == list(range(20))


for _ in range(2):
    run_all(many, 70)
print(len(counted), all(counted.count(k) == 40 for k in range(70)))
