def lineno():
    x = (1 +
         2 +
         undefined_name)
    return x
def call():
    return lineno(
    )
class A:
    y = call() if False else 1
    def __init__(self):
        self.attr.missing[0](1)
    attr = 5
def main():
    é = "ünïcödé"; A()
try:
    main()
except AttributeError as e:
    raise RuntimeError("multi\nline") from e
