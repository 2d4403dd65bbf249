name = "b"
from . import circ_a
def result(): return name + circ_a.name
