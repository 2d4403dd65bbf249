# import, from-import, as, aliases, module attributes, re-import is cached, modules are shared objects.
import import_pkg_data.simple
import import_pkg_data.simple as s
from import_pkg_data.simple import value, func as renamed, Klass
from import_pkg_data import simple
print(import_pkg_data.simple.value, s.value, value, renamed(2), Klass().get(), simple is s, s is import_pkg_data.simple)
print(s.__name__, import_pkg_data.__name__, s.__doc__, type(s).__name__, hasattr(s, "nope"), s._private)
s.value = "changed"
print(s.get_value(), value, simple.value)
s.set_value("again"); print(s.value, import_pkg_data.simple.get_value())
s.new_attr = [1]; print(simple.new_attr)
del s.new_attr
for f in (lambda: s.nope, lambda: s.new_attr):
    try:
        f()
    except AttributeError as e:
        print(e)
def local():
    import import_pkg_data.simple as inner
    from import_pkg_data.simple import counter
    return inner is s, counter
print(local(), s.loaded)
import sys
print("import_pkg_data.simple" in sys.modules, sys.modules["import_pkg_data.simple"] is s, "import_pkg_data" in sys.modules)
try:
    import import_no_such_module
except ImportError as e:
    print(type(e).__name__, e, e.name)
try:
    import import_pkg_data.no_such
except ModuleNotFoundError as e:
    print(e)
try:
    from import_pkg_data.simple import missing_name
except ImportError as e:
    print(str(e).split(" (")[0])
try:
    import import_pkg_data.simple.deeper
except ModuleNotFoundError as e:
    print(e)
for _ in range(2):
    try:
        import import_pkg_data.broken
    except ZeroDivisionError as e:
        print("broken:", e, "import_pkg_data.broken" in sys.modules)
print(s.Klass.__module__, Klass.__name__, renamed.__module__, __name__)
import math, time as t, random
from math import pi, sqrt as root
print(math.pi == pi, root(16), t is __import__("time") if False else True)
