# sys.exit() and exit codes None/True: code 0 here; caught SystemExit can be inspected.
import sys
for arg in (None, 0, True, "text", 3.5, (1, 2)):
    try:
        sys.exit(arg)
    except SystemExit as e:
        print(repr(e.code), e.args)
try:
    sys.exit()
except SystemExit as e:
    print(e.code, e.args, isinstance(e, BaseException), isinstance(e, Exception))
raise SystemExit
