# Implicit and explicit chaining.
class AppError(Exception):
    pass
def load(key):
    return {"a": 1}[key]
def convert(key):
    try:
        return load(key)
    except KeyError as e:
        raise AppError("cannot load " + key) from e
def handler():
    try:
        convert("b")
    except AppError:
        undefined_thing
print("start")
handler()
