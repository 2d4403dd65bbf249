"""A part of the system's interface: files, folders, the environment."""

import _posix
import sys as _sys
from _posix import (O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY, chdir, close, cpu_count, ftruncate,
                    getcwd, getpid, lseek, open, read, rename, rmdir, unlink, write)
from os import path

name = "posix"
sep, altsep, extsep, pathsep, linesep, curdir, pardir, devnull = "/", None, ".", ":", "\n", ".", "..", "/dev/null"
error = OSError
remove = unlink
replace = rename


class _Environment:
    def __init__(self, values):
        self._values = values

    def __getitem__(self, key):
        return self._values[key]

    def __setitem__(self, key, value):
        if not isinstance(key, str) or not isinstance(value, str):
            raise TypeError(f"str expected, not {type(key if not isinstance(key, str) else value).__name__}")
        self._values[key] = value

    def __delitem__(self, key):
        del self._values[key]

    def __contains__(self, key):
        return key in self._values

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def __getattr__(self, attribute):
        if attribute in ("get", "keys", "values", "items", "pop", "setdefault", "update", "copy", "clear"):
            return getattr(self._values, attribute)
        raise AttributeError(attribute)

    def __repr__(self):
        return f"environ({self._values!r})"


environ = _Environment(_posix.environment())


def getenv(key, default=None):
    return environ.get(key, default)


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    hook = getattr(type(path), "__fspath__", None)
    if hook is None:
        raise TypeError(f"expected str, bytes or os.PathLike object, not {type(path).__name__}")
    return hook(path)


def listdir(path="."):
    return _posix.listdir(path)


def mkdir(path, mode=0o777):
    _posix.mkdir(path)


def makedirs(name, mode=0o777, exist_ok=False):
    head = path.dirname(name.rstrip("/"))
    if head and not path.exists(head):
        makedirs(head, mode, True)
    try:
        _posix.mkdir(name)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


class stat_result(tuple):
    st_mode = property(lambda self: self[0])
    st_size = property(lambda self: self[1])
    st_mtime = property(lambda self: self[2])


def stat(path):
    return stat_result(_posix.stat(path))


def walk(top):
    folders, files = [], []
    for entry in listdir(top):
        (folders if path.isdir(path.join(top, entry)) else files).append(entry)
    yield top, folders, files
    for folder in folders:
        yield from walk(path.join(top, folder))


def _exit(status):
    _sys.exit(status)


def sched_getaffinity(pid):
    return set(range(cpu_count()))
