# heapq.merge: equal keys keep the order of the iterables, also reversed and with keys that say little.
import heapq

rows = [
    [("C", 1), ("B", 2), ("B", 3), ("A", 4)],
    [("C", 5), ("C", 6), ("A", 7)],
    [],
    [("B", 8), ("A", 9)],
]
flat = [item for row in rows for item in row]


def letter(item):
    return item[0]


print(list(heapq.merge(*rows, key=letter, reverse=True)))
print(list(heapq.merge(*rows, key=letter, reverse=True)) == sorted(flat, key=letter, reverse=True))
print(list(heapq.merge(*[row[::-1] for row in rows], key=letter)))
print(list(heapq.merge([1, 4, 9], [2, 4, 6], [0])), list(heapq.merge([9, 4], [6, 4, 2], reverse=True)))
print(list(heapq.merge(["a", "ccc"], ["bb", "dddd"], key=len)), list(heapq.merge()))
