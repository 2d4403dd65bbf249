# turnstile: shared stress
# Daemon threads do not keep the program alive; their blocked state does not matter at exit.
import threading
never = threading.Event()
started = threading.Barrier(4)
def forever():
    started.wait()
    never.wait()
    print("never printed")
ts = [threading.Thread(target=forever, daemon=True) for _ in range(3)]
for t in ts: t.start()
started.wait()
print([t.daemon for t in ts], [t.is_alive() for t in ts], threading.active_count())
def late(): print("non-daemon finishes after main's last line")
gate = threading.Event()
def waits():
    gate.wait()
    late()
t = threading.Thread(target=waits)
t.start()
print("main ends")
gate.set()
