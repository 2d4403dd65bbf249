// str.format and its replacement fields: {name[.attribute | [index]]... [!conversion] [:spec]}.
#include <string>

#include "core/text/arguments.h"
#include "core/text/format_spec.h"
#include "core/text/methods.h"
#include "core/text/str_builder.h"
#include "core/text/unicode.h"

namespace turnstile::strings {

namespace {

enum class Numbering { unknown, automatic, manual };

struct Field {
  TextView name, spec;
  char32_t conversion = 0;
  bool has_spec = false, spec_has_fields = false;
};

/// One template with its arguments; nested specs share the numbering.
class TemplateFormatter {
 public:
  TemplateFormatter(Mutator& m, const CallArgs* args, Value mapping) : m_(m), args_(args), mapping_(mapping) {}

  /// Appends the expansion of `text`. False with the exception.
  bool expand(const TextView& text, int depth, StrBuilder& out) {
    if (depth == 0) return fail("Max string recursion exceeded");
    const std::size_t n = text.length;
    std::size_t i = 0;
    while (i < n) {
      const std::size_t begin = i;
      while (i < n && text[i] != '{' && text[i] != '}') ++i;
      out.append(text.slice(begin, i));
      if (i == n) break;
      const char32_t c = text[i++];
      if (i < n && text[i] == c) {  // doubled: itself
        out.append(c);
        ++i;
        continue;
      }
      if (c == '}') return fail("Single '}' encountered in format string");
      if (i == n) return fail("Single '{' encountered in format string");
      Field field;
      if (!parse_field(text, &i, &field) || !render(field, depth, out)) return false;
    }
    return true;
  }

 private:
  bool fail(std::string_view message) {
    raise_value_error(m_, message);
    return false;
  }

  bool parse_field(const TextView& text, std::size_t* at, Field* field) {
    const std::size_t n = text.length;
    std::size_t i = *at;
    const std::size_t begin = i;
    char32_t c = 0;
    while (i < n) {
      c = text[i++];
      if (c == '{') return fail("unexpected '{' in field name");
      if (c == '[') {
        while (i < n && text[i] != ']') ++i;
        continue;
      }
      if (c == '}' || c == ':' || c == '!') break;
    }
    if (c != '}' && c != ':' && c != '!') return fail("expected '}' before end of string");
    field->name = text.slice(begin, i - 1);
    *at = i;
    if (c == '}') return true;
    if (c == '!') {
      if (i >= n) return fail("end of string while looking for conversion specifier");
      field->conversion = text[i++];
      if (i < n) {
        c = text[i++];
        if (c == '}') {
          *at = i;
          return true;
        }
        if (c != ':') return fail("expected ':' after conversion specifier");
      }
    }
    const std::size_t spec_begin = i;
    for (int open = 1; i < n;) {
      c = text[i++];
      if (c == '{') {
        field->spec_has_fields = true;
        ++open;
      } else if (c == '}' && --open == 0) {
        field->spec = text.slice(spec_begin, i - 1);
        *at = i;
        return true;
      }
    }
    return fail("unmatched '{' in format spec");
  }

  bool use_numbering(Numbering wanted) {
    if (numbering_ == Numbering::unknown) numbering_ = wanted;
    if (numbering_ == wanted) return true;
    return fail(wanted == Numbering::automatic
                    ? "cannot switch from manual field specification to automatic field numbering"
                    : "cannot switch from automatic field numbering to manual field specification");
  }

  /// The argument that the first part of a field's name selects.
  Value first_object(const TextView& name) {
    std::int64_t index = -1;
    if (name.length == 0) {
      if (!use_numbering(Numbering::automatic)) return Value();
      index = automatic_++;
    } else if (!whole_number(name, &index)) {
      return Value();
    } else if (index >= 0 && !use_numbering(Numbering::manual)) {
      return Value();
    }
    if (index < 0) return named_object(name);
    if (args_ == nullptr) return raise_value_error(m_, "Format string contains positional fields");
    if (index >= args_->positional) {
      return raise_index_error(
          m_, "Replacement index " + std::to_string(index) + " out of range for positional args tuple");
    }
    return (*args_)[static_cast<std::uint32_t>(index)];
  }

  Value named_object(const TextView& name) {
    Str* key = make_str(m_, name);
    if (key == nullptr) return Value();
    if (args_ == nullptr) return get_item(m_, mapping_, Value::object(key));
    for (std::uint32_t k = 0; k < args_->keywords(); ++k) {
      if (str_equal(args_->keyword_names->at(k).as<Str>(), key)) return args_->keyword_value(k);
    }
    return raise_key_error(m_, Value::object(key));
  }

  /// *index: the number that the whole text is, else -1. False with ValueError when too large.
  bool whole_number(const TextView& text, std::int64_t* index) {
    *index = -1;
    for (std::size_t i = 0; i < text.length; ++i) {
      if (unicode::decimal_value(text[i]) < 0) return true;
    }
    std::size_t at = 0;
    *index = parse_decimal(text, &at);
    return *index != -2 || fail("Too many decimal digits in format string");
  }

  Value object_of(const TextView& name) {
    const std::size_t n = name.length;
    std::size_t i = 0;
    while (i < n && name[i] != '.' && name[i] != '[') ++i;
    Value object = first_object(name.slice(0, i));
    while (!object.is_empty() && i < n) {
      const char32_t c = name[i++];
      const std::size_t begin = i;
      if (c != '.' && c != '[') {
        return raise_value_error(m_, "Only '.' or '[' may follow ']' in format field specifier");
      }
      if (c == '.') {
        while (i < n && name[i] != '.' && name[i] != '[') ++i;
      } else {
        while (i < n && name[i] != ']') ++i;
        if (i == n) return raise_value_error(m_, "Missing ']' in format string");
      }
      const TextView part = name.slice(begin, i);
      if (c == '[') ++i;
      if (part.length == 0) return raise_value_error(m_, "Empty attribute in format string");
      object = c == '.' ? attribute(object, part) : item(object, part);
    }
    return object;
  }

  Value attribute(Value object, const TextView& name) {
    Str* text = make_str(m_, name);
    Str* interned = text == nullptr ? nullptr : intern(m_, text);
    return interned == nullptr ? Value() : get_attr(m_, object, interned);
  }

  Value item(Value object, const TextView& key) {
    std::int64_t index;
    if (!whole_number(key, &index)) return Value();
    if (index >= 0) return get_item(m_, object, make_int(m_, index));
    Str* text = make_str(m_, key);
    return text == nullptr ? Value() : get_item(m_, object, Value::object(text));
  }

  Value convert(Value object, char32_t conversion) {
    switch (conversion) {
      case 0:
        return object;
      case 'r':
        return repr(m_, object);
      case 's':
        return to_str(m_, object);
      case 'a':
        return ascii(m_, object);
      default:
        break;
    }
    std::string shown;
    if (conversion > 32 && conversion < 127) {
      shown = static_cast<char>(conversion);
    } else {
      char buffer[16];
      std::snprintf(buffer, sizeof(buffer), "\\x%x", static_cast<unsigned>(conversion));
      shown = buffer;
    }
    return raise_value_error(m_, "Unknown conversion specifier " + shown);
  }

  bool render(const Field& field, int depth, StrBuilder& out) {
    Value object = object_of(field.name);
    if (object.is_empty()) return false;
    object = convert(object, field.conversion);
    if (object.is_empty()) return false;
    Str* spec;
    if (field.spec_has_fields) {
      StrBuilder expanded;
      if (!expand(field.spec, depth - 1, expanded)) return false;
      spec = expanded.finish(m_);
    } else {
      spec = make_str(m_, field.spec);
    }
    if (spec == nullptr) return false;
    const Value text = format(m_, object, spec);
    if (text.is_empty()) return false;
    out.append(text.as<Str>());
    return true;
  }

  Mutator& m_;
  const CallArgs* args_;
  Value mapping_;
  Numbering numbering_ = Numbering::unknown;
  std::int64_t automatic_ = 0;
};

}  // namespace

Value format_template(Mutator& m, Str* pattern, const CallArgs* args, Value mapping) {
  TemplateFormatter formatter(m, args, mapping);
  StrBuilder out;
  if (!formatter.expand(TextView(pattern), 2, out)) return Value();
  return Value::object(out.finish(m));
}

Value str_format(Mutator& m, const CallArgs& args) {
  const CallArgs rest = args.rest();
  return format_template(m, args[0].as<Str>(), &rest, Value());
}

Value str_format_map(Mutator& m, const CallArgs& args) {
  return format_template(m, args[0].as<Str>(), nullptr, args[1]);
}

/// str.__format__.
Value str_format_self(Mutator& m, const CallArgs& args) {
  if (!is_str(args[1])) {
    return raise_type_error(m, "__format__() argument must be str, not " + argument_name(m, args[1]));
  }
  const Str* text = args[1].as<Str>();
  if (text->length() == 0) return args[0];
  FormatSpec spec;
  if (!parse_format_spec(m, TextView(text), "str", 's', '<', &spec)) return Value();
  if (spec.type != 's') return raise_unknown_format(m, spec.type, "str");
  if (spec.sign != 0) {
    return raise_value_error(m, spec.sign == ' ' ? "Space not allowed in string format specifier"
                                                 : "Sign not allowed in string format specifier");
  }
  if (spec.no_negative_zero) {
    return raise_value_error(m, "Negative zero coercion (z) not allowed in string format specifier");
  }
  if (spec.alternate) return raise_value_error(m, "Alternate form (#) not allowed in string format specifier");
  if (spec.align == '=') return raise_value_error(m, "'=' alignment not allowed in string format specifier");
  TextView v(args[0].as<Str>());
  if (spec.precision >= 0 && static_cast<std::uint64_t>(spec.precision) < v.length) {
    v = v.slice(0, static_cast<std::size_t>(spec.precision));
  }
  const std::size_t width = spec.width > 0 ? static_cast<std::size_t>(spec.width) : 0;
  const std::size_t padding = width > v.length ? width - v.length : 0;
  const std::size_t before = spec.align == '>' ? padding : spec.align == '^' ? padding / 2 : 0;
  StrBuilder out;
  out.append_fill(spec.fill, before);
  out.append(v);
  out.append_fill(spec.fill, padding - before);
  return Value::object(out.finish(m));
}

}  // namespace turnstile::strings
