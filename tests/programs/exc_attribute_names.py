class Told:
    def __getattr__(self, name):
        raise AttributeError("no " + name)


class Names:
    def __getattr__(self, name):
        raise AttributeError("no", name="own", obj=5)


for o in Told(), Names():
    try:
        o.zork
    except AttributeError as e:
        print(e, e.name, type(e.obj).__name__)
try:
    Told().method()
except AttributeError as e:
    print(e.name)
