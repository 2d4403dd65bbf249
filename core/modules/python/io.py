"""Files, and texts and bytes that behave like files."""

import _posix
from _thread import RLock as _RLock

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 8192


class UnsupportedOperation(OSError, ValueError):
    pass


class IOBase:
    closed = False

    def _check_open(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def __enter__(self):
        self._check_open()
        return self

    def __exit__(self, *error):
        self.close()

    def __iter__(self):
        self._check_open()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readlines(self, hint=-1):
        lines = []
        size = 0
        for line in self:
            lines.append(line)
            size += len(line)
            if hint is not None and 0 < hint <= size:
                break
        return lines

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def close(self):
        self.closed = True

    def flush(self):
        self._check_open()

    def fileno(self):
        raise UnsupportedOperation("fileno")

    def isatty(self):
        self._check_open()
        return False

    def readable(self):
        return False

    def writable(self):
        return False

    def seekable(self):
        return False


class RawIOBase(IOBase):
    pass


class BufferedIOBase(IOBase):
    pass


class TextIOBase(IOBase):
    encoding = errors = newlines = None


class _File(BufferedIOBase):
    # A descriptor with what was read ahead, or with what is still to be written; never both.
    def __init__(self, fd, name, mode, readable, writable, owned=True):
        self._fd, self.name, self.mode = fd, name, mode
        self._readable, self._writable = readable, writable
        self._owned = owned
        self._ahead = b""
        self._behind = []
        self._behind_size = 0
        self._lock = _RLock()

    def __repr__(self):
        return f"<_io.{type(self).__name__} name={self.name!r}>"

    def readable(self):
        return self._readable

    def writable(self):
        return self._writable

    def seekable(self):
        try:
            _posix.lseek(self._fd, 0, SEEK_CUR)
            return True
        except OSError:
            return False

    def fileno(self):
        self._check_open()
        return self._fd

    def isatty(self):
        self._check_open()
        return bool(_posix.isatty(self._fd))

    def _check_readable(self):
        if self.closed:
            raise ValueError("read of closed file")
        if not self._readable:
            raise UnsupportedOperation("read")

    def _fill(self):
        self._flush()
        got = _posix.read(self._fd, 65536)
        self._ahead += got
        return len(got) != 0

    def read(self, size=-1):
        with self._lock:
            self._check_readable()
            if size is None or size < 0:
                self._flush()
                pieces = [self._ahead]
                self._ahead = b""
                while True:
                    got = _posix.read(self._fd, 1 << 20)
                    if not got:
                        return b"".join(pieces)
                    pieces.append(got)
            while len(self._ahead) < size and self._fill():
                pass
            data, self._ahead = self._ahead[:size], self._ahead[size:]
            return data

    def read1(self, size=-1):
        with self._lock:
            self._check_readable()
            if not self._ahead:
                self._fill()
            if size < 0:
                size = len(self._ahead)
            data, self._ahead = self._ahead[:size], self._ahead[size:]
            return data

    def peek(self, size=0):
        with self._lock:
            self._check_readable()
            if not self._ahead:
                self._fill()
            return self._ahead

    def readinto(self, buffer):
        data = self.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def readline(self, size=-1):
        with self._lock:
            self._check_readable()
            start = 0
            while True:
                end = self._ahead.find(b"\n", start) + 1
                if end or (size is not None and 0 <= size <= len(self._ahead)):
                    break
                start = len(self._ahead)
                if not self._fill():
                    end = len(self._ahead)
                    break
            if size is not None and size >= 0 and (not end or end > size):
                end = size
            line, self._ahead = self._ahead[:end], self._ahead[end:]
            return line

    def write(self, data):
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        data = bytes(data) if not isinstance(data, bytes) else data
        with self._lock:
            if self.closed:
                raise ValueError("write to closed file")
            if not self._writable:
                raise UnsupportedOperation("write")
            if self._ahead:
                _posix.lseek(self._fd, -len(self._ahead), SEEK_CUR)
                self._ahead = b""
            self._behind.append(data)
            self._behind_size += len(data)
            if self._behind_size >= 65536:
                self._flush()
        return len(data)

    def _flush(self):
        if self._behind:
            data = b"".join(self._behind)
            self._behind = []
            self._behind_size = 0
            _posix.write(self._fd, data)

    def flush(self):
        with self._lock:
            if self.closed:
                raise ValueError("flush of closed file")
            self._flush()

    def tell(self):
        with self._lock:
            self._check_open()
            self._flush()
            return _posix.lseek(self._fd, 0, SEEK_CUR) - len(self._ahead)

    def seek(self, offset, whence=SEEK_SET):
        with self._lock:
            self._check_open()
            self._flush()
            if whence == SEEK_CUR:
                offset -= len(self._ahead)
            self._ahead = b""
            return _posix.lseek(self._fd, offset, whence)

    def truncate(self, size=None):
        with self._lock:
            self._check_open()
            self._flush()
            if size is None:
                size = self.tell()
            _posix.ftruncate(self._fd, size)
            return size

    def close(self):
        with self._lock:
            if not self.closed:
                try:
                    self._flush()
                finally:
                    self.closed = True
                    if self._owned:
                        _posix.close(self._fd)

    @property
    def raw(self):
        return self


class BufferedReader(_File):
    pass


class BufferedWriter(_File):
    pass


class BufferedRandom(_File):
    pass


class FileIO(_File):
    pass


def _codec(encoding):
    if encoding is None or encoding == "locale":
        return "UTF-8"
    "".encode(encoding)  # LookupError for one that is not known
    return encoding


class TextIOWrapper(TextIOBase):
    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline}")
        self.buffer = buffer
        self.encoding = _codec(encoding)
        self.errors = errors or "strict"
        self._newline = newline
        self.line_buffering = line_buffering
        self._lines = []  # decoded and not given away, the next one last
        self._lock = _RLock()
        self.mode = getattr(buffer, "mode", "r")

    def __repr__(self):
        name = getattr(self.buffer, "name", None)
        shown = "" if name is None else f" name={name!r}"
        return f"<_io.TextIOWrapper{shown} mode={self.mode!r} encoding={self.encoding!r}>"

    @property
    def name(self):
        return self.buffer.name

    @property
    def closed(self):
        return self.buffer.closed

    def readable(self):
        return self.buffer.readable()

    def writable(self):
        return self.buffer.writable()

    def seekable(self):
        return self.buffer.seekable()

    def fileno(self):
        return self.buffer.fileno()

    def isatty(self):
        return self.buffer.isatty()

    def _check_readable(self):
        self._check_open()
        if not self.buffer.readable():
            raise UnsupportedOperation("not readable")

    def _next_line(self):
        if self._lines:
            return self._lines.pop()
        raw = self.buffer.readline()
        text = raw.decode(self.encoding, self.errors)
        if "\r" not in text or self._newline == "\n":
            return text
        if self._newline is None:
            pieces = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            ended = pieces.pop()
            lines = [piece + "\n" for piece in pieces]
            if ended:
                lines.append(ended)
        elif self._newline == "":
            lines = text.splitlines(keepends=True)
        else:
            pieces = text.split(self._newline)
            lines = [piece + self._newline for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])
        lines.reverse()
        self._lines = lines
        return self._lines.pop()

    def readline(self, size=-1):
        with self._lock:
            self._check_readable()
            line = self._next_line()
            if size is not None and 0 <= size < len(line):
                self._lines.append(line[size:])
                line = line[:size]
            return line

    def read(self, size=-1):
        with self._lock:
            self._check_readable()
            if size is None or size < 0:
                self._lines.reverse()
                pieces, self._lines = self._lines, []
                text = self.buffer.read().decode(self.encoding, self.errors)
                if self._newline is None and "\r" in text:
                    text = text.replace("\r\n", "\n").replace("\r", "\n")
                pieces.append(text)
                return "".join(pieces)
            pieces = []
            while size > 0:
                line = self._next_line()
                if not line:
                    break
                if len(line) > size:
                    self._lines.append(line[size:])
                    line = line[:size]
                pieces.append(line)
                size -= len(line)
            return "".join(pieces)

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        with self._lock:
            self._check_open()
            if not self.buffer.writable():
                raise UnsupportedOperation("not writable")
            shown = text
            if self._newline not in (None, "", "\n"):
                shown = text.replace("\n", self._newline)
            self.buffer.write(shown.encode(self.encoding, self.errors))
            if self.line_buffering and "\n" in text:
                self.buffer.flush()
        return len(text)

    def _ahead(self):
        return sum(len(line.encode(self.encoding, self.errors)) for line in self._lines)

    def tell(self):
        with self._lock:
            self._check_open()
            return self.buffer.tell() - self._ahead()

    def seek(self, offset, whence=SEEK_SET):
        with self._lock:
            self._check_open()
            if whence == SEEK_CUR:
                if offset != 0:
                    raise UnsupportedOperation("can't do nonzero cur-relative seeks")
                offset, whence = self.tell(), SEEK_SET
            elif whence == SEEK_END and offset != 0:
                raise UnsupportedOperation("can't do nonzero end-relative seeks")
            self._lines = []
            return self.buffer.seek(offset, whence)

    def truncate(self, size=None):
        self.flush()
        return self.buffer.truncate(size)

    def flush(self):
        self._check_open()
        if self.buffer.writable():
            self.buffer.flush()

    def close(self):
        self.buffer.close()

    def detach(self):
        self.flush()
        return self.buffer

    def reconfigure(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None):
        self.encoding = encoding or self.encoding
        self.errors = errors or self.errors


for _cls in (BufferedReader, BufferedWriter, BufferedRandom, FileIO, TextIOWrapper):
    _cls.__module__ = "_io"

_live = []  # files that may still have something to write


def _flush_all():
    # Nothing closes a file when it is forgotten: its text goes out when another file is opened, and at the end.
    for file in list(_live):
        if not file.closed:
            file.flush()


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    if not isinstance(mode, str):
        raise TypeError(f"open() argument 'mode' must be str, not {type(mode).__name__}")
    letters = set(mode)
    if letters - set("axrwb+t") or len(mode) > len(letters):
        raise ValueError(f"invalid mode: {mode!r}")
    binary = "b" in letters
    if binary and "t" in letters:
        raise ValueError("can't have text and binary mode at once")
    if len(letters & set("axrw")) != 1:
        raise ValueError("must have exactly one of create/read/write/append mode" if letters & set("axrw") or "+" in letters
                         else "Must have exactly one of create/read/write/append mode and at most one plus")
    if binary and encoding is not None:
        raise ValueError("binary mode doesn't take an encoding argument")
    if binary and errors is not None:
        raise ValueError("binary mode doesn't take an errors argument")
    if binary and newline is not None:
        raise ValueError("binary mode doesn't take a newline argument")
    reading = "r" in letters or "+" in letters
    writing = "r" not in letters or "+" in letters
    flags = _posix.O_RDWR if reading and writing else _posix.O_RDONLY if reading else _posix.O_WRONLY
    if "w" in letters:
        flags |= _posix.O_CREAT | _posix.O_TRUNC
    elif "a" in letters:
        flags |= _posix.O_CREAT | _posix.O_APPEND
    elif "x" in letters:
        flags |= _posix.O_CREAT | _posix.O_EXCL
    _flush_all()  # what a forgotten file holds is to be seen here
    fd = file if isinstance(file, int) else _posix.open(file, flags, 0o666)
    cls = BufferedRandom if reading and writing else BufferedReader if reading else BufferedWriter
    buffer = cls(fd, file, mode, reading, writing, closefd)
    if writing:
        _live[:] = [f for f in _live if not f.closed]
        _live.append(buffer)
    if binary:
        return buffer
    return TextIOWrapper(buffer, encoding, errors, newline, line_buffering=buffering == 1)


def _standard_input():
    return TextIOWrapper(BufferedReader(0, "<stdin>", "r", True, False, False), "utf-8")


class StringIO(TextIOBase):
    def __init__(self, initial_value="", newline="\n"):
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError(f"initial_value must be str or None, not {type(initial_value).__name__}")
        self._text = initial_value or ""
        self._more = []  # appended since _text was made; only while the position is at the end
        self._at = 0

    def _whole(self):
        if self._more:
            self._text += "".join(self._more)
            self._more = []
        return self._text

    def getvalue(self):
        self._check_open()
        return self._whole()

    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def write(self, s):
        self._check_open()
        if not isinstance(s, str):
            raise TypeError(f"string argument expected, got {type(s).__name__!r}")
        if self._more or self._at == len(self._text):
            self._more.append(s)
        elif s:
            text = self._text
            if self._at > len(text):
                text += "\0" * (self._at - len(text))
            self._text = text[:self._at] + s + text[self._at + len(s):]
        self._at += len(s)
        return len(s)

    def read(self, size=-1):
        self._check_open()
        text = self._whole()
        end = len(text) if size is None or size < 0 else self._at + size
        piece = text[self._at:end]
        self._at += len(piece)
        return piece

    def readline(self, size=-1):
        self._check_open()
        text = self._whole()
        end = text.find("\n", self._at) + 1 or len(text)
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        line = text[self._at:end]
        self._at += len(line)
        return line

    def tell(self):
        self._check_open()
        return self._at

    def seek(self, offset, whence=SEEK_SET):
        self._check_open()
        size = len(self._whole())
        if whence == SEEK_SET and offset < 0:
            raise ValueError(f"Negative seek position {offset}")
        if whence != SEEK_SET and offset != 0:
            raise OSError("Can't do nonzero cur-relative seeks")
        self._at = offset if whence == SEEK_SET else self._at if whence == SEEK_CUR else size
        return self._at

    def truncate(self, size=None):
        self._check_open()
        self._text = self._whole()[:self._at if size is None else size]
        return len(self._text) if size is None else size


class BytesIO(BufferedIOBase):
    def __init__(self, initial_bytes=b""):
        self._data = bytes(initial_bytes or b"")
        self._at = 0

    def getvalue(self):
        self._check_open()
        return self._data

    getbuffer = getvalue

    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def write(self, b):
        self._check_open()
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        b = bytes(b)
        data = self._data
        if self._at > len(data):
            data += bytes(self._at - len(data))
        self._data = data[:self._at] + b + data[self._at + len(b):]
        self._at += len(b)
        return len(b)

    def read(self, size=-1):
        self._check_open()
        end = len(self._data) if size is None or size < 0 else self._at + size
        piece = self._data[self._at:end]
        self._at += len(piece)
        return piece

    read1 = read

    def readline(self, size=-1):
        self._check_open()
        end = self._data.find(b"\n", self._at) + 1 or len(self._data)
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        line = self._data[self._at:end]
        self._at += len(line)
        return line

    def tell(self):
        self._check_open()
        return self._at

    def seek(self, offset, whence=SEEK_SET):
        self._check_open()
        base = 0 if whence == SEEK_SET else self._at if whence == SEEK_CUR else len(self._data)
        if whence == SEEK_SET and offset < 0:
            raise ValueError(f"negative seek value {offset}")
        self._at = max(base + offset, 0)
        return self._at

    def truncate(self, size=None):
        self._check_open()
        size = self._at if size is None else size
        self._data = self._data[:size]
        return size


for _cls in (StringIO, BytesIO):
    _cls.__module__ = "_io"
del _cls
