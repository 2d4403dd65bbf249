"""Threads count the words of a text that the program makes itself: strings, split and dicts.

usage: word_count.py [THREADS] [BYTES] [--time]
The text has THREADS times BYTES bytes (give or take a line); each thread counts its own slice of about BYTES.
"""
import sys
import threading
import time

SYLLABLES = "ka to mi re su lo ne vi da po shi en ar ti go ul".split()


def make_words(count):
    words = []
    state = 12345
    for _ in range(count):
        word = ""
        state = (state * 1103515245 + 12345) % 2147483648
        for k in range(1 + (state >> 16) % 4):
            state = (state * 1103515245 + 12345) % 2147483648
            word += SYLLABLES[(state >> 16) % len(SYLLABLES)]
        words.append(word)
    return words


def make_text(words, size, seed):
    """Lines of Zipf-like words, some capitalized, some with punctuation."""
    lines = []
    length = 0
    state = seed
    while length < size:
        line = []
        for i in range(12):
            state = (state * 1103515245 + 12345) % 2147483648
            r = (state >> 8) % 4096
            word = words[r * r // 4096 * len(words) // 4096]
            if i == 0:
                word = word.capitalize()
            elif r % 17 == 0:
                word += ","
            line.append(word)
        text = " ".join(line) + "."
        lines.append(text)
        length += len(text) + 1
    return "\n".join(lines)


def count_words(text):
    counts = {}
    for line in text.split("\n"):
        for word in line.split():
            word = word.strip(".,").lower()
            if word in counts:
                counts[word] += 1
            else:
                counts[word] = 1
    return counts


def worker(text, out):
    out.append(count_words(text))


def main(argv):
    timed = argv[-1] == "--time"
    args = argv[1:-1] if timed else argv[1:]
    threads = int(args[0]) if len(args) > 0 else 1
    size = int(args[1]) if len(args) > 1 else 5000000
    words = make_words(3000)
    base = make_text(words, min(size, 250000), 1)
    slices = []
    for k in range(threads):
        copies = max(1, size // len(base))
        slices.append("\n".join([base] * copies) + "\nthread %d." % k)
    outs = [[] for _ in range(threads)]

    start = time.perf_counter()
    workers = [threading.Thread(target=worker, args=(slices[k], outs[k])) for k in range(threads)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
    seconds = time.perf_counter() - start

    total = {}
    for out in outs:
        for word, n in out[0].items():
            total[word] = total.get(word, 0) + n
    print("threads", threads, "bytes", sum(len(s) for s in slices))
    print("words", sum(total.values()), "different", len(total))
    for word, n in sorted(total.items(), key=lambda item: (-item[1], item[0]))[:10]:
        print(n, word)
    if timed:
        print("time:", seconds)


main(sys.argv)
