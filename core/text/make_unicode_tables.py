"""Writes unicode_tables.cpp from the character database of the python3 that runs it (3.11: Unicode 14)."""
import sys
import unicodedata

N = 0x110000
POINTS = [chr(c) for c in range(N)]


def flags(c):
    before_sigma = (c + "\u03a3").lower()[-1] == "\u03c2"
    after_letter = ("a" + c + "\u03a3").lower()[-1] == "\u03c2"
    ignorable = after_letter and not before_sigma
    tests = [c.isalpha(), c.isdecimal(), c.isdigit(), c.isnumeric(), c.islower(), c.isupper(),
             unicodedata.category(c) == "Lt", c.isspace(), c.isprintable(), c.isidentifier(), ("a" + c).isidentifier(),
             (c + "a").title()[-1] == "a", ignorable]
    return sum(1 << i for i, t in enumerate(tests) if t)


def lower(c):
    return "\u03c3" if c == "\u03a3" else c.lower()


def rows(items):
    lines = [" "]
    for item in items:
        if len(lines[-1]) + 1 + len(item) > 120:
            lines.append(" ")
        lines[-1] += " " + item
    return "\n".join(lines) + "\n"


def mapping(name, fn):
    single, special = [], []
    for c in POINTS:
        to = fn(c)
        if to == c:
            continue
        if len(to) == 1:
            single.append((ord(c), ord(to) - ord(c)))
        else:
            special.append((ord(c), [ord(x) for x in to]))
    runs = []  # [first, count, stride, delta]
    for point, delta in single:
        if runs:
            first, count, stride, d = runs[-1]
            step = point - (first + (count - 1) * stride if count > 1 else first)
            if d == delta and ((count == 1 and step <= 2) or (count > 1 and step == stride)):
                runs[-1] = [first, count + 1, step, d]
                continue
        runs.append([point, 1, 1, delta])
    out = f"const MappingRun k{name}Runs[] = {{\n"
    out += rows(["{0x%x, %d, %d, %d}," % tuple(r) for r in runs]) + "};\n"
    out += f"const SpecialMapping k{name}Specials[] = {{\n"
    out += rows(["{0x%x, {%s}}," % (p, ", ".join("0x%x" % x for x in to)) for p, to in special]) + "};\n"
    tail = (f"const Mapping k{name}Mapping = {{k{name}Runs, std::size(k{name}Runs), k{name}Specials, "
            f"std::size(k{name}Specials)}};\n")
    return out, tail


all_flags = [flags(c) for c in POINTS]
sets = sorted(set(all_flags))
runs = [(i, all_flags[i]) for i in range(N) if i == 0 or all_flags[i] != all_flags[i - 1]]
zeros = [i for i in range(N) if POINTS[i].isdecimal() and unicodedata.decimal(POINTS[i]) == 0]
out = "// Written by make_unicode_tables.py from Unicode %s. Do not edit.\n" % unicodedata.unidata_version
out += '#include <iterator>\n\n#include "core/text/unicode.h"\n\n// clang-format off\nnamespace turnstile::unicode {\n\n'
parts = [mapping("Upper", str.upper), mapping("Lower", lower), mapping("Title", str.title),
         mapping("Fold", str.casefold)]
out += "namespace {\n\n" + "\n".join(p[0] for p in parts) + "\n}  // namespace\n\n" + "".join(p[1] for p in parts)
out += "\nconst std::uint16_t kPropertySets[] = {\n" + rows(["%d," % s for s in sets]) + "};\n"
out += "\nconst std::uint32_t kPropertyRuns[] = {\n"
out += rows(["0x%x," % (p << 8 | sets.index(f)) for p, f in runs]) + "};\n"
out += "const std::uint32_t kPropertyRunCount = std::size(kPropertyRuns);\n"
out += "\nconst std::uint32_t kDecimalStarts[] = {\n" + rows(["0x%x," % z for z in zeros]) + "};\n"
out += "const std::uint32_t kDecimalStartCount = std::size(kDecimalStarts);\n"
out += "\nconst std::uint16_t kLatin1Properties[256] = {\n" + rows(["%d," % f for f in all_flags[:256]]) + "};\n"
out += "\n}  // namespace turnstile::unicode\n"
sys.stdout.write(out)
