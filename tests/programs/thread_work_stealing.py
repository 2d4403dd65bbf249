# turnstile: shared
# A small work-stealing pool: per-worker lists with locks; a recursive sum of a tree of tasks.
import threading
THREADS = 4
DEPTH = 9
class Pool:
    def __init__(self, n):
        self.queues = [[] for _ in range(n)]
        self.locks = [threading.Lock() for _ in range(n)]
        self.pending, self.total = 0, 0
        self.cond = threading.Condition()
    def push(self, k, task):
        with self.cond: self.pending += 1
        with self.locks[k]: self.queues[k].append(task)
        with self.cond: self.cond.notify()
    def take(self, k):
        n = len(self.queues)
        for j in range(n):
            v = (k + j) % n
            with self.locks[v]:
                if self.queues[v]: return self.queues[v].pop() if j == 0 else self.queues[v].pop(0)
        return None
    def run(self, k):
        while True:
            task = self.take(k)
            if task is None:
                with self.cond:
                    if self.pending == 0: return
                    self.cond.wait(0.001)
                continue
            depth, value = task
            if depth:
                self.push(k, (depth - 1, value * 2))
                self.push(k, (depth - 1, value * 2 + 1))
            with self.cond:
                if not depth: self.total += value
                self.pending -= 1
                if self.pending == 0: self.cond.notify_all()
p = Pool(THREADS)
p.push(0, (DEPTH, 1))
ts = [threading.Thread(target=p.run, args=(k,)) for k in range(THREADS)]
for t in ts: t.start()
for t in ts: t.join()
print(p.total == sum(range(2**DEPTH, 2**(DEPTH + 1))), p.pending, p.queues)
