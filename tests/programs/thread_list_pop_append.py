# turnstile: shared stress
# N threads pop and append on one shared list (the 2014 experiment): nothing may be lost or duplicated.
import threading
THREADS = 4
LENGTH = 1000
ROUNDS = 1500
shared = list(range(LENGTH))
def worker():
    for _ in range(ROUNDS):
        v = shared.pop()
        shared.append(v)
        w = shared.pop(0)
        shared.insert(len(shared) // 2, w)
threads = [threading.Thread(target=worker) for _ in range(THREADS)]
for t in threads: t.start()
for t in threads: t.join()
print(len(shared), sorted(shared) == list(range(LENGTH)))
