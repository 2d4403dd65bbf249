# if/elif/else, while/else, for/else, break, continue, nested loops.
# turnstile: stress
def classify(n):
    if n < 0:
        return "neg"
    elif n == 0:
        return "zero"
    elif n < 10:
        return "small"
    else:
        return "big"

for n in (-5, 0, 3, 10, 10**30):
    print(n, classify(n))

i = 0
while i < 10:
    i += 1
    if i % 2:
        continue
    if i > 7:
        break
    print("even", i)
else:
    print("not reached")

i = 0
while i < 3:
    i += 1
else:
    print("while else", i)

while False:
    pass
else:
    print("while never entered, else runs")

for x in []:
    pass
else:
    print("for else on empty")

for x in range(5):
    if x == 3:
        break
else:
    print("not reached")
print("after break x =", x)

def find(matrix, want):
    for r, row in enumerate(matrix):
        for c, v in enumerate(row):
            if v == want:
                break
        else:
            continue
        return r, c
    else:
        return None

m = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
print(find(m, 6), find(m, 10), find([], 1))

for i in range(3):
    for j in range(3):
        if j == i:
            continue
        if i + j == 3:
            break
        print(i, j, end="; ")
print()

# loop variable reassignment does not disturb the iteration
for k in range(4):
    print(k, end=" ")
    k = 100
print(k)

# truthiness of everything
for v in (None, 0, 0.0, -0.0, "", "0", [], [0], (), (0,), {}, {0: 0}, set(), b"", b"\0", range(0), range(1), False, 10**40):
    if v:
        print("T", end="")
    else:
        print("F", end="")
print()
pass
if not None and not [] or 1 / 0:
    print("short circuit")
print(0 or [] or "last", 1 and 2 and 3, 1 and 0 and 3, not 1, not not [])
