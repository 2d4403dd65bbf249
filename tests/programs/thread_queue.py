# turnstile: shared
# queue.Queue: producers and consumers, bounded queue, task_done/join, sentinels; LifoQueue, PriorityQueue, SimpleQueue.
import threading, queue
PRODUCERS, CONSUMERS, N = 3, 3, 200
q = queue.Queue(maxsize=5)
gots = [[] for _ in range(CONSUMERS)]
def produce(k):
    for i in range(N): q.put((k, i))
def consume(got):
    while True:
        item = q.get()
        if item is None:
            q.task_done()
            return
        got.append(item)
        q.task_done()
cs = [threading.Thread(target=consume, args=(g,)) for g in gots]
ps = [threading.Thread(target=produce, args=(k,)) for k in range(PRODUCERS)]
for t in cs + ps: t.start()
for t in ps: t.join()
q.join()
print(sorted(x for g in gots for x in g) == [(k, i) for k in range(PRODUCERS) for i in range(N)], q.empty(), q.qsize())
for g in gots:
    for k in range(PRODUCERS):
        order = [i for p, i in g if p == k]
        assert order == sorted(order)
for _ in cs: q.put(None)
for t in cs: t.join()
q.join()
work, results = queue.SimpleQueue(), queue.LifoQueue()
def square():
    while (n := work.get()) is not None: results.put(n * n)
ts = [threading.Thread(target=square) for _ in range(3)]
for t in ts: t.start()
for i in range(100): work.put(i)
for _ in ts: work.put(None)
for t in ts: t.join()
print(sorted(results.get() for _ in range(results.qsize())) == [i * i for i in range(100)])
pq = queue.PriorityQueue()
ts = [threading.Thread(target=lambda k=k: [pq.put((i * 7 % 10, k, i)) for i in range(20)]) for k in range(3)]
for t in ts: t.start()
for t in ts: t.join()
out = [pq.get() for _ in range(60)]
print(out == sorted(out), out[:3], out[-1])
stages = [queue.Queue(2) for _ in range(4)]
def stage(i):
    while True:
        v = stages[i].get()
        if i + 1 < len(stages): stages[i + 1].put(v if v is None else v + [i])
        else: final.append(v)
        if v is None: return
final = []
ts = [threading.Thread(target=stage, args=(i,)) for i in range(4)]
for t in ts: t.start()
for i in range(30): stages[0].put([i])
stages[0].put(None)
for t in ts: t.join()
print(len(final), final[0], final[-2:], [v[0] for v in final[:-1]] == list(range(30)))
