from . import leaf
init_value = "sub/__init__"
exported = leaf.name.upper()
