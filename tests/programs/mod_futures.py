# concurrent.futures: results, exceptions, order, shutdown.
# turnstile: shared
from concurrent.futures import ThreadPoolExecutor, as_completed, wait, Future, FIRST_EXCEPTION, ALL_COMPLETED
import concurrent.futures
import threading


def square(x):
    return x * x


def fail(x):
    raise ValueError(f"bad {x}")


with ThreadPoolExecutor(max_workers=3) as pool:
    print(list(pool.map(square, range(10))))
    print(list(pool.map(pow, [2, 3], [5, 2])))
    futures = [pool.submit(square, i) for i in range(20)]
    print(sorted(f.result() for f in as_completed(futures)))
    bad = pool.submit(fail, 7)
    try:
        bad.result()
    except ValueError as error:
        print(error, repr(bad.exception()), bad.done(), bad.running(), bad.cancelled())
    try:
        list(pool.map(fail, [1, 2]))
    except ValueError as error:
        print(error)
    done, not_done = wait([pool.submit(square, i) for i in range(5)], return_when=ALL_COMPLETED)
    print(len(done), len(not_done))
    seen = []
    f = pool.submit(square, 3)
    f.add_done_callback(lambda f: seen.append(f.result()))
    f.result()
print(seen)
try:
    pool.submit(square, 1)
except RuntimeError as error:
    print(error)
try:
    ThreadPoolExecutor(0)
except ValueError as error:
    print(error)

gate = threading.Event()
with ThreadPoolExecutor(1) as pool:
    first = pool.submit(gate.wait)
    second = pool.submit(square, 2)
    print(second.cancel(), second.cancelled(), second.done())
    try:
        first.result(timeout=0)
    except concurrent.futures.TimeoutError as error:
        print("timeout", isinstance(error, TimeoutError))
    gate.set()
    print(first.result())
    try:
        second.result()
    except concurrent.futures.CancelledError as error:
        print("cancelled", repr(error))
f = Future()
f.set_result(5)
print(f.result(), f.exception())
counts = [0]
lock = threading.Lock()


def count(n):
    for _ in range(n):
        with lock:
            counts[0] += 1


with ThreadPoolExecutor(4) as pool:
    for _ in range(8):
        pool.submit(count, 500)
print(counts)
