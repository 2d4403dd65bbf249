# String building and formatting in threads; only private objects.
# turnstile: stress
import threading
THREADS = 4
N = 400
def worker(k, out):
    s, parts = "", []
    for i in range(N):
        s += chr(97 + (i + k) % 26)
        parts.append(f"{k}:{i:04d}")
        if i % 50 == 49: s = s[::-1].replace("a", "é").upper().lower()
    joined = ",".join(parts)
    out.append((len(s), s[:20], s.count("é"), joined[:12], len(joined), joined.split(",")[-1], hash(joined) == hash(",".join(parts))))
    words = {}
    for w in (joined.replace(":", ",").split(",") * 2): words[w] = words.get(w, 0) + 1
    out.append((len(words), words["0001"], sorted(words)[-1], "%s|%5.2f|%r" % (k, k / 3, joined[:3])))
    b = joined.encode()
    out.append((len(b), b.decode() == joined, sum(b) % 1000, bytes(reversed(b))[:4]))
outs = [[] for _ in range(THREADS)]
ts = [threading.Thread(target=worker, args=(k, outs[k])) for k in range(THREADS)]
for t in ts: t.start()
for t in ts: t.join()
for o in outs: print(o)
