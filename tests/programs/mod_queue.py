# queue in one thread: Queue, LifoQueue, PriorityQueue, SimpleQueue; Full, Empty, task_done errors.
import queue
q = queue.Queue(maxsize=3)
print(q.empty(), q.full(), q.qsize(), q.maxsize)
for i in range(3): q.put(i)
print(q.full(), q.qsize())
for f in (lambda: q.put(9, block=False), lambda: q.put_nowait(9), lambda: q.put(9, timeout=0.01), lambda: q.put(9, timeout=-1)):
    try:
        f()
    except queue.Full as e:
        print("Full", repr(e), isinstance(e, Exception))
    except ValueError as e:
        print(e)
print(q.get(), q.get_nowait(), q.get(timeout=1))
for f in (lambda: q.get(False), q.get_nowait, lambda: q.get(timeout=0.01), lambda: q.get(timeout=-1)):
    try:
        f()
    except queue.Empty as e:
        print("Empty", repr(e))
    except ValueError as e:
        print(e)
for _ in range(3): q.task_done()
try:
    q.task_done()
except ValueError as e:
    print(e)
q.join()
l = queue.LifoQueue()
for x in "abc": l.put(x)
print(l.get(), l.get(), l.qsize(), l.get(), l.empty())
p = queue.PriorityQueue()
for x in (5, 1, 4, 1, 3, 2.5, True): p.put(x)
print([p.get() for _ in range(p.qsize())])
for x in ((2, "b"), (1, "z"), (2, "a")): p.put(x)
print([p.get() for _ in range(3)])
class Job:
    def __init__(self, pri, name): self.pri, self.name = pri, name
    def __lt__(self, o): return self.pri < o.pri
for j in (Job(3, "low"), Job(1, "high"), Job(2, "mid")): p.put(j)
print([p.get().name for _ in range(3)])
p.put(1)
try:
    p.put("a")
except TypeError as e:
    print(e)
s = queue.SimpleQueue()
s.put(1); s.put(2); print(s.qsize(), s.get(), s.empty(), s.get_nowait())
try:
    s.get(block=False)
except queue.Empty:
    print("simple empty")
u = queue.Queue()
for i in range(1000): u.put(i)
print(u.full(), sum(u.get() for _ in range(1000)), u.qsize())
def bfs(graph, start):
    q, seen, order = queue.Queue(), {start}, []
    q.put(start)
    while not q.empty():
        n = q.get(); order.append(n)
        for m in graph.get(n, ()):
            if m not in seen: seen.add(m); q.put(m)
    return order
print(bfs({1: [2, 3], 2: [4], 3: [4, 5], 5: [6, 1]}, 1))
def dijkstra(g, s):
    dist, pq = {}, queue.PriorityQueue()
    pq.put((0, s))
    while not pq.empty():
        d, n = pq.get()
        if n in dist: continue
        dist[n] = d
        for m, w in g[n]: pq.put((d + w, m))
    return dist
print(dijkstra({"a": [("b", 4), ("c", 1)], "b": [("d", 1)], "c": [("b", 2), ("d", 5)], "d": []}, "a"))
