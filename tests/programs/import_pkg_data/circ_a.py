name = "a"
from . import circ_b
def result(): return name + circ_b.name
