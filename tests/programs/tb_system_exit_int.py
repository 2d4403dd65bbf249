# sys.exit with an int: the exit code; finally blocks run; nothing on stderr.
import sys
def leave():
    try:
        sys.exit(7)
    finally:
        print("finally before exit")
try:
    leave()
except Exception:
    print("SystemExit is not an Exception")
