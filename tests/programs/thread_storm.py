# 1,000 threads created and joined, in waves of several sizes.
import threading
TOTAL = 1000
WAVE = 50
def tiny(box, i):
    box.append(i * i)
done = 0
check = 0
while done < TOTAL:
    boxes = [[] for _ in range(WAVE)]
    threads = [threading.Thread(target=tiny, args=(boxes[j], done + j)) for j in range(WAVE)]
    for t in threads: t.start()
    for t in threads: t.join()
    for t in threads: assert not t.is_alive()
    check += sum(b[0] for b in boxes)
    done += WAVE
print(done, check == sum(i * i for i in range(TOTAL)), threading.active_count())
for i in range(100):
    box = []
    t = threading.Thread(target=tiny, args=(box, i))
    t.start(); t.join()
    assert box == [i * i]
print("sequential ok")
def spawn(depth, box):
    if depth:
        inner = []
        t = threading.Thread(target=spawn, args=(depth - 1, inner))
        t.start(); t.join()
        box.append(inner[0] + 1)
    else:
        box.append(0)
box = []
spawn(30, box)
print(box)
