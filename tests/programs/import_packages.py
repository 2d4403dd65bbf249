# Packages: __init__, subpackages, relative imports, __all__, star imports, circular imports.
import import_pkg_data.sub
print(import_pkg_data.sub.init_value, import_pkg_data.sub.leaf.name)
from import_pkg_data.sub import leaf, exported
from import_pkg_data.sub.leaf import up, sibling_value
print(leaf.name, exported, up(), sibling_value)
from import_pkg_data.star import *
print(public, also_public, sorted(n for n in ("public", "also_public", "hidden", "_under") if n in globals()))
from import_pkg_data.star_all import *
print(chosen, _listed, "not_chosen" in globals())
import import_pkg_data.circ_a
print(import_pkg_data.circ_a.result(), import_pkg_data.circ_b.result())
import import_pkg_data.sub.leaf as direct
print(direct is leaf, direct.__name__, direct.__package__, import_pkg_data.sub.__name__)
from import_pkg_data import sub as subalias
print(subalias.leaf is leaf, hasattr(import_pkg_data, "sub"), hasattr(subalias, "leaf"))
class Holder:
    from import_pkg_data.simple import func
    import import_pkg_data.simple as mod
print(Holder.func(4), Holder.mod.value)
def star_free():
    from import_pkg_data.sub.leaf import (name as n, up as u,)
    return n, u()
print(star_free())
from import_pkg_data import version, simple
print(version, simple.value)
import import_helper_top
print(import_helper_top.who(), import_helper_top.__name__, import_helper_top.main_ran)
try:
    from import_pkg_data.sub import nothing_here
except ImportError as e:
    print(str(e).split(" (")[0])
