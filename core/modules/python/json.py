"""JSON texts."""

__all__ = ["dump", "dumps", "load", "loads", "JSONDecoder", "JSONDecodeError", "JSONEncoder"]

_WHITE = " \t\n\r"
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_SHOWN = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f", "\b": "\\b"}


class JSONDecodeError(ValueError):
    def __init__(self, msg, doc, pos):
        lineno = doc.count("\n", 0, pos) + 1
        colno = pos - doc.rfind("\n", 0, pos)
        super().__init__(f"{msg}: line {lineno} column {colno} (char {pos})")
        self.msg, self.doc, self.pos, self.lineno, self.colno = msg, doc, pos, lineno, colno


JSONDecodeError.__module__ = "json.decoder"


class JSONDecoder:
    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook, self.object_pairs_hook = object_hook, object_pairs_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or float
        self.strict = strict

    def decode(self, s):
        value, end = self.raw_decode(s, self._skip(s, 0))
        end = self._skip(s, end)
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return value

    def raw_decode(self, s, idx=0):
        return self._value(s, idx)

    @staticmethod
    def _skip(s, at):
        size = len(s)
        while at < size and s[at] in _WHITE:
            at += 1
        return at

    def _value(self, s, at):
        c = s[at:at + 1]
        if c == '"':
            return self._string(s, at + 1)
        if c == "{":
            return self._object(s, at + 1)
        if c == "[":
            return self._array(s, at + 1)
        for word, value in (("null", None), ("true", True), ("false", False)):
            if s.startswith(word, at):
                return value, at + len(word)
        if c == "-" or c.isdecimal() and c.isascii():
            found = self._number(s, at)
            if found is not None:
                return found
        for word in ("NaN", "Infinity", "-Infinity"):
            if s.startswith(word, at):
                return self.parse_constant(word), at + len(word)
        raise JSONDecodeError("Expecting value", s, at)

    def _number(self, s, at):
        start = at
        at += s.startswith("-", at)
        digits = at
        while s[at:at + 1].isascii() and s[at:at + 1].isdigit():
            at += 1
        if at == digits:
            return None
        if s[digits] == "0":
            at = digits + 1
        whole = at
        if s[at:at + 1] == "." and s[at + 1:at + 2].isascii() and s[at + 1:at + 2].isdigit():
            at += 2
            while s[at:at + 1].isascii() and s[at:at + 1].isdigit():
                at += 1
        if s[at:at + 1] in ("e", "E"):
            power = at + 1 + (s[at + 1:at + 2] in ("+", "-"))
            if s[power:power + 1].isascii() and s[power:power + 1].isdigit():
                at = power
                while s[at:at + 1].isascii() and s[at:at + 1].isdigit():
                    at += 1
        text = s[start:at]
        return (self.parse_int if at == whole else self.parse_float)(text), at

    def _string(self, s, at):
        begin = at - 1
        pieces = []
        while True:
            quote = s.find('"', at)
            if quote < 0:
                raise JSONDecodeError("Unterminated string starting at", s, begin)
            slash = s.find("\\", at, quote)
            end = quote if slash < 0 else slash
            piece = s[at:end]
            if self.strict and not piece.isprintable():
                for offset, c in enumerate(piece):
                    if c < " ":
                        raise JSONDecodeError("Invalid control character at", s, at + offset)
            pieces.append(piece)
            if slash < 0:
                return "".join(pieces), quote + 1
            c = s[slash + 1:slash + 2]
            if c == "":
                raise JSONDecodeError("Unterminated string starting at", s, begin)
            at = slash + 2
            if c != "u":
                if c not in _ESCAPES:
                    raise JSONDecodeError("Invalid \\escape", s, slash)
                pieces.append(_ESCAPES[c])
                continue
            point = self._hex(s, at)
            at += 4
            if 0xd800 <= point <= 0xdbff and s.startswith("\\u", at):
                low = self._hex(s, at + 2)
                if 0xdc00 <= low <= 0xdfff:
                    point = 0x10000 + ((point - 0xd800) << 10 | (low - 0xdc00))
                    at += 6
            pieces.append(chr(point))

    @staticmethod
    def _hex(s, at):
        digits = s[at:at + 4]
        if len(digits) == 4 and all(c in "0123456789abcdefABCDEF" for c in digits):
            return int(digits, 16)
        raise JSONDecodeError("Invalid \\uXXXX escape", s, at - 1)

    def _object(self, s, at):
        pairs = []
        at = self._skip(s, at)
        if s[at:at + 1] == "}":
            at += 1
        else:
            if s[at:at + 1] != '"':
                raise JSONDecodeError("Expecting property name enclosed in double quotes", s, at)
            while True:
                key, at = self._string(s, at + 1)
                at = self._skip(s, at)
                if s[at:at + 1] != ":":
                    raise JSONDecodeError("Expecting ':' delimiter", s, at)
                value, at = self._value(s, self._skip(s, at + 1))
                pairs.append((key, value))
                at = self._skip(s, at)
                c = s[at:at + 1]
                at += 1
                if c == "}":
                    break
                if c != ",":
                    raise JSONDecodeError("Expecting ',' delimiter", s, at - 1)
                at = self._skip(s, at)
                if s[at:at + 1] != '"':
                    raise JSONDecodeError("Expecting property name enclosed in double quotes", s, at)
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs), at
        result = dict(pairs)
        return (result if self.object_hook is None else self.object_hook(result)), at

    def _array(self, s, at):
        items = []
        at = self._skip(s, at)
        if s[at:at + 1] == "]":
            return items, at + 1
        while True:
            value, at = self._value(s, at)
            items.append(value)
            at = self._skip(s, at)
            c = s[at:at + 1]
            at += 1
            if c == "]":
                return items, at
            if c != ",":
                raise JSONDecodeError("Expecting ',' delimiter", s, at - 1)
            at = self._skip(s, at)


def _quoted(text, ascii_only):
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    pieces = ['"']
    for c in text:
        if c in _SHOWN:
            pieces.append(_SHOWN[c])
        elif c < " " or (ascii_only and c > "~"):
            point = ord(c)
            if point > 0xffff:
                point -= 0x10000
                pieces.append(f"\\u{0xd800 | point >> 10:04x}\\u{0xdc00 | point & 0x3ff:04x}")
            else:
                pieces.append(f"\\u{point:04x}")
        else:
            pieces.append(c)
    pieces.append('"')
    return "".join(pieces)


class JSONEncoder:
    item_separator = ", "
    key_separator = ": "

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.skipkeys, self.ensure_ascii, self.check_circular = skipkeys, ensure_ascii, check_circular
        self.allow_nan, self.sort_keys = allow_nan, sort_keys
        self.indent = " " * indent if isinstance(indent, int) else indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        return "".join(self.iterencode(o))

    def iterencode(self, o):
        return self._pieces(o, 0, {} if self.check_circular else None)

    def _float(self, number):
        if number != number:
            text = "NaN"
        elif number in (float("inf"), float("-inf")):
            text = "Infinity" if number > 0 else "-Infinity"
        else:
            return float.__repr__(number)
        if not self.allow_nan:
            raise ValueError("Out of range float values are not JSON compliant: " + repr(number))
        return text

    def _simple(self, o):
        if isinstance(o, str):
            return _quoted(o, self.ensure_ascii)
        if o is None:
            return "null"
        if o is True:
            return "true"
        if o is False:
            return "false"
        if isinstance(o, int):
            return int.__repr__(o)
        if isinstance(o, float):
            return self._float(o)
        return None

    def _key(self, key):
        if isinstance(key, str):
            return key
        if isinstance(key, float):
            return self._float(key)
        if key is True:
            return "true"
        if key is False:
            return "false"
        if key is None:
            return "null"
        if isinstance(key, int):
            return int.__repr__(key)
        return None

    def _pieces(self, o, level, markers):
        text = self._simple(o)
        if text is not None:
            yield text
            return
        if markers is not None:
            if id(o) in markers:
                raise ValueError("Circular reference detected")
            markers[id(o)] = o
        if isinstance(o, dict):
            yield from self._dict_pieces(o, level + 1, markers)
        elif isinstance(o, (list, tuple)):
            yield from self._list_pieces(o, level + 1, markers)
        else:
            yield from self._pieces(self.default(o), level, markers)
        if markers is not None:
            del markers[id(o)]

    def _line(self, level):
        return "" if self.indent is None else "\n" + self.indent * level

    def _list_pieces(self, items, level, markers):
        if not items:
            yield "[]"
            return
        before = "[" + self._line(level)
        for item in items:
            yield before
            yield from self._pieces(item, level, markers)
            before = self.item_separator + self._line(level)
        yield self._line(level - 1) + "]"

    def _dict_pieces(self, items, level, markers):
        if not items:
            yield "{}"
            return
        before = "{" + self._line(level)
        first = True
        for key, value in sorted(items.items()) if self.sort_keys else items.items():
            name = self._key(key)
            if name is None:
                if self.skipkeys:
                    continue
                raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")
            yield before + _quoted(name, self.ensure_ascii) + self.key_separator
            first = False
            yield from self._pieces(value, level, markers)
            before = self.item_separator + self._line(level)
        yield "{}" if first else self._line(level - 1) + "}"


def dumps(obj, *, cls=None, **options):
    return (cls or JSONEncoder)(**options).encode(obj)


def dump(obj, fp, **options):
    fp.write(dumps(obj, **options))


def loads(s, *, cls=None, **options):
    if isinstance(s, str):
        if s.startswith("\ufeff"):
            raise JSONDecodeError("Unexpected UTF-8 BOM (decode using utf-8-sig)", s, 0)
    elif isinstance(s, (bytes, bytearray)):
        s = bytes(s).decode("utf-8")
    else:
        raise TypeError(f"the JSON object must be str, bytes or bytearray, not {s.__class__.__name__}")
    return (cls or JSONDecoder)(**options).decode(s)


def load(fp, **options):
    return loads(fp.read(), **options)
