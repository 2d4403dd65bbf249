"""A live heap of about 100 MB and threads that allocate beside it.  usage: pauses.py THREADS ROUNDS   (run with --stats)"""
import sys
import threading


class Record:
    def __init__(self, number, name, next):
        self.number = number
        self.name = name
        self.next = next


def build(count):
    """Records in chains of 100, each with a name of its own and an entry in a dict: about 200 bytes a record."""
    table = {}
    chain = None
    for i in range(count):
        chain = Record(i, "record %d" % i, chain if i % 100 else None)
        table[i] = chain
    return table


def churn(table, rounds, seed):
    """Short-lived records, and a live one replaced now and then."""
    size = len(table)
    at = seed
    for i in range(rounds):
        r = Record(i, None, None)
        for k in range(30):
            r = Record(k, None, None)
        at = (at * 1103515245 + 12345) % 2147483648
        old = table[at % size]
        table[at % size] = Record(old.number, old.name, old.next)


threads = int(sys.argv[1])
rounds = int(sys.argv[2])
live = build(780000)
workers = [threading.Thread(target=churn, args=(live, rounds, i + 1)) for i in range(threads)]
for w in workers:
    w.start()
for w in workers:
    w.join()
print(len(live))
