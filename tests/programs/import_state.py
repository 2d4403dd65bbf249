# Module globals are separate namespaces; functions see their own module's globals; classes and exceptions cross modules.
import import_pkg_data.state as st
counter = 1000
st.bump(); st.bump()
print(counter, st.counter, st.peek())
st.counter = 50
print(st.bump(), counter)
def helper(): return "main helper"
print(st.call_helper(), helper())
st.helper = helper
print(st.call_helper())
st.callback = lambda: counter
print(st.run_callback())
try:
    st.fail()
except st.StateError as e:
    print(type(e).__name__, e, type(e).__module__)
class Mine(st.Base):
    def name(self): return "Mine"
print(Mine().describe(), st.Base().describe(), Mine.__module__, st.Base.__module__)
print(st.use_len([1, 2, 3]))
st.len = lambda x: "shadowed"
print(st.use_len([1, 2, 3]), len([1]))
del st.len
print(st.use_len([1]))
print(sorted(k for k in vars(st) if not k.startswith("_")))
for i in range(3000): st.bump()
print(st.counter)
g = st.gen(3); st.scale = 10
print(next(g)); st.scale = 100; print(list(g))
inner = st.make_counter()
print(inner(), inner(), st.make_counter()())
from import_pkg_data.state import registry, register
@register
def plugin(): return "plugged"
print(sorted(registry), st.registry is registry, st.registry["plugin"]())
