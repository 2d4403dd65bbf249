"""Texts about exceptions and stacks."""

import sys as _sys


def _exception(exc, value):
    return exc if value is None or isinstance(exc, BaseException) else value


def _lines(text):
    return text.splitlines(keepends=True)


def format_exception(exc, /, value=None, tb=None, limit=None, chain=True):
    exc = _exception(exc, value)
    if exc is None:
        return ["NoneType: None\n"]
    entries = []
    for line in _lines(_sys._format_exception(exc)):
        # One entry for each frame: its place and the source below it.
        if entries and line.startswith("    ") and entries[-1].startswith("  File "):
            entries[-1] += line
        else:
            entries.append(line)
    return entries


def format_exc(limit=None, chain=True):
    return "".join(format_exception(_sys.exception()))


def print_exception(exc, /, value=None, tb=None, limit=None, file=None, chain=True):
    (_sys.stderr if file is None else file).write("".join(format_exception(exc, value)))


def print_exc(limit=None, file=None, chain=True):
    print_exception(_sys.exception(), file=file)


def format_exception_only(exc, /, value=None):
    exc = _exception(exc, value)
    if exc is None:
        return ["NoneType: None\n"]
    bare = type(exc).__new__(type(exc), *exc.args)
    bare.args = exc.args
    bare.__dict__.update(exc.__dict__)
    return _lines(_sys._format_exception(bare))


class FrameSummary:
    def __init__(self, filename, lineno, name, line=None):
        self.filename, self.lineno, self.name, self.line = filename, lineno, name, line

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __getitem__(self, index):
        return (self.filename, self.lineno, self.name, self.line)[index]

    def __len__(self):
        return 4

    def __eq__(self, other):
        return tuple(self) == tuple(other)


def _source(filename, lineno):
    try:
        with open(filename) as file:
            for number, line in enumerate(file, 1):
                if number == lineno:
                    return line.strip()
    except OSError:
        pass
    return ""


def _summary(code, lineno):
    return FrameSummary(code.co_filename, lineno, code.co_name, _source(code.co_filename, lineno))


def extract_tb(tb, limit=None):
    entries = []
    while tb is not None:
        if not tb.tb_frame.f_code.co_filename.startswith("<frozen "):
            entries.append(_summary(tb.tb_frame.f_code, tb.tb_lineno))
        tb = tb.tb_next
    return entries if limit is None else entries[:limit]


def extract_stack(f=None, limit=None):
    frame = _sys._getframe(1) if f is None else f
    entries = []
    while frame is not None:
        entries.append(_summary(frame.f_code, frame.f_lineno))
        frame = frame.f_back
    entries.reverse()
    return entries if limit is None else entries[-limit:]


def format_list(extracted_list):
    shown = []
    for filename, lineno, name, line in extracted_list:
        item = f'  File "{filename}", line {lineno}, in {name}\n'
        if line:
            item += f"    {line.strip()}\n"
        shown.append(item)
    return shown


def format_tb(tb, limit=None):
    if tb is None:
        return []
    entries = format_exception(Exception().with_traceback(tb))[1:-1]
    return entries if limit is None else entries[:limit]


def print_tb(tb, limit=None, file=None):
    (_sys.stderr if file is None else file).write("".join(format_tb(tb, limit)))


def format_stack(f=None, limit=None):
    return format_list(extract_stack(_sys._getframe(1) if f is None else f, limit))


def print_stack(f=None, limit=None, file=None):
    (_sys.stderr if file is None else file).write("".join(format_stack(_sys._getframe(1) if f is None else f, limit)))


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next
