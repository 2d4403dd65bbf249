# While loops with all kinds of conditions, augmented assignment, several exits, long bodies.
def w1(n):
    i = j = s = 0
    while i < n and j < n:
        if i % 3 == 0:
            i += 2
            s += j
            continue
        j += 1
        i += 1 if s % 2 else 3
        s ^= i * j
        if s > 10**9: break
    else:
        return "else", i, j, s
    return "break", i, j, s
print(w1(5000), w1(50), w1(20000))
def w2(n):
    k = n
    steps = 0
    while k != 1:
        k = k // 2 if not k & 1 else 3 * k + 1
        steps += 1
    return steps
print([w2(n) for n in (27, 97, 871, 6171, 837799, 2**60 + 1, 2**64 - 1)])
def w3(l):
    lo, hi = 0, len(l) - 1
    while lo < hi:
        l[lo], l[hi] = l[hi], l[lo]
        lo += 1
        hi -= 1
    return l
print(w3(list(range(2001)))[:3], w3([]), w3([1]))
def bisect(l, x):
    lo, hi = 0, len(l)
    while lo < hi:
        mid = (lo + hi) >> 1
        if l[mid] < x: lo = mid + 1
        else: hi = mid
    return lo
big = list(range(0, 30000, 3))
print(sum(bisect(big, i) for i in range(2000)), bisect(big, 10**20), bisect(big, -0.5), bisect(["a", "b"], "aa"))
def w4():
    x, c = 1.0, 0
    while x + 1.0 != 1.0:
        x /= 2
        c += 1
    while x > 0:
        x *= 0.5
        c += 1
    return c
print(w4(), [w4() for _ in range(20)] == [w4()] * 20)
def w5(n):
    stack, out = [n], 0
    while stack:
        v = stack.pop()
        out += v
        if v > 1: stack += [v // 2, v - v // 2 - 1]
    return out
print(w5(3000))
def w6(n):
    a, b, c, d, e = 1, 2, 3, 4, 5
    i = 0
    while i != n:
        a, b = b, (a + b) % 1009
        c = c * a % 997 + 1
        d -= c
        e += d if d > 0 else -d
        if e > 10**6: e %= 1000
        d, c = c, d % 991
        i += 1
    return a, b, c, d, e
print(w6(12000))
def w7(s):
    i = 0
    toks = []
    while i < len(s):
        if s[i].isspace():
            i += 1
        elif s[i].isdigit():
            j = i
            while j < len(s) and s[j].isdigit(): j += 1
            toks.append(int(s[i:j]))
            i = j
        else:
            toks.append(s[i])
            i += 1
    return toks
def calc(toks):
    pos = 0
    def atom():
        nonlocal pos
        t = toks[pos]; pos += 1
        if t == "(":
            v = expr(); pos += 1
            return v
        return -atom() if t == "-" else t
    def term():
        nonlocal pos
        v = atom()
        while pos < len(toks) and toks[pos] in ("*", "/"):
            op = toks[pos]; pos += 1
            v = v * atom() if op == "*" else v // atom()
        return v
    def expr():
        nonlocal pos
        v = term()
        while pos < len(toks) and toks[pos] in ("+", "-"):
            op = toks[pos]; pos += 1
            v = v + term() if op == "+" else v - term()
        return v
    return expr()
src = "(1 + 2 * 3 - (4 - 5)) * -(6 + 7) / 2 + " + " + ".join(str(i) for i in range(300))
print(calc(w7(src)), [calc(w7("2*3+%d" % i)) for i in range(5)])
