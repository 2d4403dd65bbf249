from .. import version
from ..simple import counter as sibling_value
from . import __name__ as parent_name
name = "leaf"
def up(): return version, parent_name
