# sys.exit in a thread ends the thread only, silently; the program ends with 0.
import sys, threading
def worker():
    print("in thread")
    sys.exit(5)
    print("never")
t = threading.Thread(target=worker)
t.start()
t.join()
print("main goes on", t.is_alive())
