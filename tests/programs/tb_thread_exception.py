# An uncaught exception in a thread is reported on stderr with the thread's name; main goes on and exits with 0.
import threading
def worker(n):
    return deeper(n)
def deeper(n):
    return [1, 2, 3][n]
t = threading.Thread(target=worker, args=(10,), name="my-thread")
t.start()
t.join()
print("main finishes", t.is_alive())
