"""Names of files."""

import _posix

sep, curdir, pardir, extsep = "/", ".", "..", "."


def _kind(path):
    try:
        return _posix.stat(path)[0] & 0o170000
    except (OSError, ValueError):
        return 0


def exists(path):
    return _kind(path) != 0


def isfile(path):
    return _kind(path) == 0o100000


def isdir(path):
    return _kind(path) == 0o040000


def getsize(path):
    return _posix.stat(path)[1]


def getmtime(path):
    return _posix.stat(path)[2]


def isabs(path):
    return path.startswith("/")


def join(a, *parts):
    for part in parts:
        if part.startswith("/") or not a:
            a = part
        elif a.endswith("/"):
            a += part
        else:
            a += "/" + part
    return a


def split(path):
    at = path.rfind("/") + 1
    head, tail = path[:at], path[at:]
    if head != "/" * len(head):
        head = head.rstrip("/")
    return head, tail


def dirname(path):
    return split(path)[0]


def basename(path):
    return split(path)[1]


def splitext(path):
    dot = path.rfind(".")
    start = path.rfind("/") + 1
    if dot <= start or path[start:dot].strip(".") == "":
        return path, ""
    return path[:dot], path[dot:]


def normpath(path):
    if not path:
        return "."
    root = "//" if path.startswith("//") and not path.startswith("///") else "/" if path.startswith("/") else ""
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part != ".." or (not root and not parts) or (parts and parts[-1] == ".."):
            parts.append(part)
        elif parts:
            parts.pop()
    return root + "/".join(parts) or "."


def abspath(path):
    return normpath(path if isabs(path) else join(_posix.getcwd(), path))


realpath = abspath


def relpath(path, start="."):
    here = [p for p in abspath(start).split("/") if p]
    there = [p for p in abspath(path).split("/") if p]
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    return "/".join([".."] * (len(here) - common) + there[common:]) or "."


def commonprefix(names):
    if not names:
        return ""
    low, high = min(names), max(names)
    for at, c in enumerate(low):
        if c != high[at]:
            return low[:at]
    return low


def expanduser(path):
    if path == "~" or path.startswith("~/"):
        home = _posix.environment().get("HOME", "/")
        return home.rstrip("/") + path[1:]
    return path
