# sys.exit with a string: printed on stderr, exit code 1.
import sys
print("out")
sys.exit("a message for stderr")
