# time and sys: types, monotonicity, sizes; nothing that depends on the clock or the machine is printed.
# turnstile: stress
import sys, time
a = time.perf_counter(); b = time.perf_counter(); print(isinstance(a, float), b >= a)
a = time.monotonic(); time.sleep(0); time.sleep(0.001); b = time.monotonic(); print(b > a, time.time() > 1.6e9, isinstance(time.time(), float))
print(isinstance(time.perf_counter_ns(), int), isinstance(time.time_ns(), int), isinstance(time.monotonic_ns(), int), time.process_time() >= 0)
for f in (lambda: time.sleep(-1), lambda: time.sleep("a"), lambda: time.sleep()):
    try:
        f()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
print(sys.maxsize == 2**63 - 1, sys.version_info[:2], sys.version_info.major, sys.version_info >= (3, 11), sys.byteorder, len(sys.argv), sys.argv[0].split("/")[-1], type(sys.argv).__name__)
print(sys.getrecursionlimit(), sys.maxunicode, isinstance(sys.path, list), isinstance(sys.modules, dict), "sys" in sys.modules, sys.modules["sys"] is sys, sys.implementation.name in ("cpython", "turnstile") if hasattr(sys, "implementation") else True)
def depth(n):
    try:
        return depth(n + 1)
    except RecursionError:
        return n
sys.setrecursionlimit(300); d = depth(0); print(200 < d < 300); sys.setrecursionlimit(1000); print(800 < depth(0) < 1000, sys.getrecursionlimit())
for f in (lambda: sys.setrecursionlimit(0), lambda: sys.setrecursionlimit("a"), lambda: sys.exit("x", 1), lambda: sys.nope):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
print(sys.stdout.write("written\n"), sys.intern("abc") == "abc", sys.exc_info(), sys.float_info.max, sys.float_info.epsilon, sys.getswitchinterval() > 0, isinstance(sys.version, str), sys.platform == "linux", isinstance(sys.getrefcount([]), int) if hasattr(sys, "getrefcount") else True)
try:
    sys.exit(4)
except SystemExit as e:
    print(e.code, repr(e))
