# turnstile: shared stress
# Condition: wait/notify/notify_all/wait_for, errors, bounded buffer, ping-pong.
import threading
c = threading.Condition()
for f in (c.wait, c.notify, c.notify_all, c.release):
    try:
        f()
    except RuntimeError as e:
        print(e)
with c:
    print(c.wait(0.01), c.wait_for(lambda: False, timeout=0.01), c.wait_for(lambda: 5))
log, turn = [], [0]
def player(me, n):
    for i in range(n):
        with c:
            c.wait_for(lambda: turn[0] == me)
            log.append((me, i))
            turn[0] = 1 - me
            c.notify_all()
ts = [threading.Thread(target=player, args=(m, 50)) for m in (0, 1)]
for t in ts: t.start()
for t in ts: t.join()
print(log == [(m, i) for i in range(50) for m in (0, 1)])
buf, CAP, N = [], 4, 200
lock = threading.Lock()
not_full, not_empty = threading.Condition(lock), threading.Condition(lock)
gots, peak = [[], []], [0]
def produce(k):
    for i in range(N):
        with not_full:
            while len(buf) == CAP: not_full.wait()
            buf.append((k, i))
            peak[0] = max(peak[0], len(buf))
            not_empty.notify()
def consume(got):
    for _ in range(N):
        with not_empty:
            while not buf: not_empty.wait()
            got.append(buf.pop(0))
            not_full.notify()
ts = [threading.Thread(target=produce, args=(k,)) for k in range(2)] + [threading.Thread(target=consume, args=(g,)) for g in gots]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(gots[0] + gots[1]) == [(k, i) for k in range(2) for i in range(N)], peak[0] <= CAP, buf)
woken, ready, go = [], [0], [False]
def waiter(k):
    with c:
        ready[0] += 1
        c.notify_all()
        while not go[0]: c.wait()
        woken.append(k)
ts = [threading.Thread(target=waiter, args=(k,)) for k in range(6)]
for t in ts: t.start()
with c:
    c.wait_for(lambda: ready[0] == 6)
    go[0] = True
    c.notify_all()
for t in ts: t.join()
print(sorted(woken))
