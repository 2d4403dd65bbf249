# The parts of a queue that subclasses and programs use.
# turnstile: stress
import queue, threading
q = queue.Queue(3)
for i in range(3): q.put(i)
print(q.queue, list(q.queue), len(q.queue), q.maxsize, q.unfinished_tasks)
with q.mutex:
    q.queue.clear()
print(q.qsize(), type(q.not_empty), type(q.not_full), type(q.all_tasks_done))
p = queue.PriorityQueue()
for i in (3,1,2): p.put(i)
print(p.queue)
l = queue.LifoQueue(); l.put(1); l.put(2)
print(l.queue)
class My(queue.Queue):
    def _init(self, maxsize): self.queue = set()
    def _put(self, item): self.queue.add(item)
    def _get(self): return self.queue.pop()
    def _qsize(self): return len(self.queue)
m = My()
m.put(1); m.put(1); m.put(2)
print(m.qsize(), sorted([m.get(), m.get()]))
