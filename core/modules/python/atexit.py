"""Functions that run at the end of the program."""

_registered = []


def register(func, /, *args, **kwargs):
    _registered.append((func, args, kwargs))
    return func


def unregister(func, /):
    _registered[:] = [entry for entry in _registered if entry[0] != func]


def _run_exitfuncs():
    while _registered:
        func, args, kwargs = _registered.pop()
        func(*args, **kwargs)


def _clear():
    _registered.clear()


def _ncallbacks():
    return len(_registered)
