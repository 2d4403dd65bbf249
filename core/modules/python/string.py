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


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return format_string.format(*args, **kwargs)

    def vformat(self, format_string, args, kwargs):
        return format_string.format(*args, **kwargs)
