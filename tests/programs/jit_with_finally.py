# with, try/finally, return from inside loops and nested functions, all hot.
class CM:
    depth = peak = 0
    def __enter__(self):
        CM.depth += 1
        CM.peak = max(CM.peak, CM.depth)
        return CM.depth
    def __exit__(self, *a):
        CM.depth -= 1
        return a[0] is KeyError
def f(i):
    with CM() as d:
        if i % 3 == 0: return d
        with CM() as e:
            if i % 5 == 0: raise KeyError(i)
            for k in range(3):
                with CM():
                    if k == i % 3: break
                    continue
            return d + e + k
    return "suppressed"
out = {}
for i in range(3000): out[f(i)] = out.get(f(i), 0) + 1
print(sorted(out.items(), key=str), CM.depth, CM.peak)
def g(n):
    log = [0, 0, 0]
    for i in range(n):
        try:
            log[0] += 1
            if i % 4 == 1: continue
            if i == n - 2: break
        finally:
            log[1] += i
    else:
        log[2] = "else"
    return log
print(g(5000), g(1))
def h(n):
    for i in range(n):
        try:
            if i * i > 10**6: return i
        finally:
            total[0] += 1
total = [0]
print(h(5000), total)
def nested(i):
    try:
        try:
            return 10 // (i % 3)
        finally:
            total[0] += 1
    except ZeroDivisionError:
        return -1
    finally:
        total[0] += 1
print(sum(nested(i) for i in range(3000)), total)
def override(n):
    s = 0
    for i in range(n):
        def inner():
            try: return 1
            finally:
                if i % 2: return 2
        s += inner()
    return s
print(override(1000))
