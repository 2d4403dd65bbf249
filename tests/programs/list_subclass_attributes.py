# A list has no room for attributes, a list of a subclass does: they live as long as it, whatever lies beside it.
import gc


class Tagged(list):
    pass


class Slotless(Tagged):
    def __init__(self, items, tag):
        super().__init__(items)
        self.tag = tag


kept = []
plain = []
for i in range(2000):
    t = Slotless([i, i + 1], "tag %d" % i)
    t.more = {"n": [i]}
    kept.append(t)
    plain.append([i, i])
    plain.append([])
gc.collect()
garbage = [[n] for n in range(50000)]
del garbage
gc.collect()
print(all(t == [i, i + 1] and t.tag == "tag %d" % i and t.more == {"n": [i]} for i, t in enumerate(kept)))
print(all(p == ([i // 2, i // 2] if i % 2 == 0 else []) for i, p in enumerate(plain)))

empty = Tagged()
print(vars(empty), empty)
empty.x = 1
empty.append(2)
print(vars(empty), empty)
copied = empty[:]
print(type(copied).__name__, hasattr(copied, "x"))
for target in ([], [1, 2], empty[:]):
    try:
        target.x = 1
    except AttributeError as e:
        print(e)
print([t.tag for t in kept[:3]], sorted(vars(kept[0])))
