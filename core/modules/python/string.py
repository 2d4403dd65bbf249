"""Constants and helpers for text."""

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join([word.capitalize() for word in s.split(sep)])


class Template:
    delimiter = "$"

    def __init__(self, template):
        self.template = template

    def _pieces(self):
        # (literal text, name or None, the text of the placeholder, its position)
        text, mark = self.template, self.delimiter
        at = 0
        while True:
            found = text.find(mark, at)
            if found < 0:
                yield text[at:], None, "", found
                return
            after = found + len(mark)
            if text.startswith(mark, after):
                yield text[at:found] + mark, None, "", found
                at = after + len(mark)
                continue
            braced = text.startswith("{", after)
            end = start = after + braced
            while end < len(text) and text[end].isascii() and (text[end].isalnum() or text[end] == "_"):
                end += 1
            name = text[start:end]
            good = name != "" and not name[0].isdigit() and (not braced or text.startswith("}", end))
            end += braced
            if good:
                yield text[at:found], name, text[found:end], found
                at = end
            else:
                yield text[at:found], "", mark, found
                at = after

    def _invalid(self, at):
        lines = self.template[:at].splitlines(keepends=True)
        row = len(lines) if lines else 1
        column = at - len("".join(lines[:-1])) + 1 if lines else 1
        raise ValueError(f"Invalid placeholder in string: line {row}, col {column}")

    def _lookup(self, mapping, kws):
        return {**mapping, **kws} if kws else mapping

    def substitute(self, mapping={}, /, **kws):
        values = self._lookup(mapping, kws)
        result = []
        for literal, name, _, at in self._pieces():
            result.append(literal)
            if name == "":
                self._invalid(at)
            if name is not None:
                result.append(str(values[name]))
        return "".join(result)

    def safe_substitute(self, mapping={}, /, **kws):
        values = self._lookup(mapping, kws)
        result = []
        for literal, name, shown, _ in self._pieces():
            result.append(literal)
            if name is not None:
                result.append(str(values[name]) if name != "" and name in values else shown)
        return "".join(result)

    def is_valid(self):
        return all(name != "" for _, name, _, _ in self._pieces())

    def get_identifiers(self):
        found = []
        for _, name, _, _ in self._pieces():
            if name and name not in found:
                found.append(name)
        return found


def _parse_field(text, at):
    # (name, format specification, conversion, the position behind the closing brace) of the field whose name starts here
    depth, colon, mark, bracket = 1, -1, -1, False
    end = at
    while end < len(text):
        letter = text[end]
        if bracket and colon < 0:
            bracket = letter != "]"
        elif letter == "[" and colon < 0 and mark < 0:
            bracket = True
        elif letter == "{":
            depth += 1
        elif letter == "}":
            depth -= 1
            if depth == 0:
                break
        elif depth == 1 and colon < 0:
            if letter == ":":
                colon = end
            elif letter == "!" and mark < 0:
                mark = end
        end += 1
    if depth != 0:
        raise ValueError("expected '}' before end of string" if end > at else "Single '{' encountered in format string")
    spec_start = colon if colon >= 0 else end
    conversion = None
    name_end = spec_start
    if mark >= 0:
        name_end = mark
        conversion = text[mark + 1:spec_start]
        if len(conversion) != 1:
            raise ValueError("unmatched '{' in format spec" if not conversion
                             else "expected ':' after conversion specifier")
    return text[at:name_end], text[colon + 1:end] if colon >= 0 else "", conversion, end + 1


def _parse_format(text):
    at = 0
    literal = ""
    while at < len(text):
        letter = text[at]
        if letter not in "{}":
            end = at
            while end < len(text) and text[end] not in "{}":
                end += 1
            literal = text[at:end]
            at = end
            if at == len(text):
                break
            letter = text[at]
        if text.startswith(letter, at + 1):
            yield literal + letter, None, None, None
            literal = ""
            at += 2
            continue
        if letter == "}":
            raise ValueError("Single '}' encountered in format string")
        name, spec, conversion, at = _parse_field(text, at + 1)
        yield literal, name, spec, conversion
        literal = ""
    if literal:
        yield literal, None, None, None


def _split_name(field_name):
    # The first part of a field's name, and the attributes and keys that follow it.
    end = 0
    while end < len(field_name) and field_name[end] not in ".[":
        end += 1
    first = field_name[:end]
    rest = []
    while end < len(field_name):
        is_attribute = field_name[end] == "."
        start = end + 1
        if is_attribute:
            end = start
            while end < len(field_name) and field_name[end] not in ".[":
                end += 1
            part = field_name[start:end]
        else:
            end = field_name.find("]", start)
            if end < 0:
                raise ValueError("Missing ']' in format string")
            part = field_name[start:end]
            end += 1
            if end < len(field_name) and field_name[end] not in ".[":
                raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
        if not part:
            raise ValueError("Empty attribute in format string")
        rest.append((is_attribute, int(part) if not is_attribute and part.isdigit() else part))
    return int(first) if first.isdigit() else first, rest


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2, 0)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used, depth, next_number=0):
        # next_number: of the next field without a name; False once a field was numbered by hand.
        if depth < 0:
            raise ValueError("Max string recursion exceeded")
        result = []
        for literal, name, spec, conversion in self.parse(format_string):
            if literal:
                result.append(literal)
            if name is None:
                continue
            if name == "":
                if next_number is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                name = str(next_number)
                next_number += 1
            elif name.isdigit():
                if next_number:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                next_number = False
            value, key = self.get_field(name, args, kwargs)
            used.add(key)
            value = self.convert_field(value, conversion)
            spec, next_number = self._vformat(spec, args, kwargs, used, depth - 1, next_number)
            result.append(self.format_field(value, spec))
        return "".join(result), next_number

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion in ("s", "r", "a"):
            return {"s": str, "r": repr, "a": ascii}[conversion](value)
        raise ValueError(f"Unknown conversion specifier {conversion!s}")

    def parse(self, format_string):
        return _parse_format(format_string)

    def get_field(self, field_name, args, kwargs):
        first, rest = _split_name(field_name)
        found = self.get_value(first, args, kwargs)
        for is_attribute, part in rest:
            found = getattr(found, part) if is_attribute else found[part]
        return found, first
