# turnstile: shared
# Threads rewire a shared graph under a lock while one thread collects in a loop.
import threading, gc
THREADS = 3
NODES = 60
ROUNDS = 300
class Node:
    def __init__(self, i): self.i, self.edges, self.payload = i, [], ["payload", i]
nodes = [Node(i) for i in range(NODES)]
for n in nodes: n.edges = [nodes[(n.i * 7 + j) % NODES] for j in range(3)]
lock = threading.Lock()
stop = threading.Event()
def mutate(k):
    x = k * 17 + 1
    for r in range(ROUNDS):
        x = (x * 1103515245 + 12345) % 2**31
        a, b = x % NODES, x // NODES % NODES
        with lock:
            n = Node(a)
            n.edges = nodes[a].edges[::-1] + [nodes[b]]
            if len(n.edges) > 5: n.edges = n.edges[-3:]
            nodes[a] = n
def collect():
    n = 0
    while not stop.is_set():
        gc.collect()
        n += 1
        if n > 200: break
c = threading.Thread(target=collect)
threads = [threading.Thread(target=mutate, args=(k,)) for k in range(THREADS)]
c.start()
for t in threads: t.start()
for t in threads: t.join()
stop.set()
c.join()
seen, todo = set(), list(nodes)
ok = True
while todo:
    n = todo.pop()
    if id(n) in seen: continue
    seen.add(id(n))
    ok = ok and n.payload == ["payload", n.i] and 3 <= len(n.edges) <= 5
    todo.extend(n.edges)
print(ok, [n.i for n in nodes] == list(range(NODES)), len(seen) >= NODES)
