// The text that python3 prints for an uncaught exception: the chain of causes and contexts, each with its traceback,
// source lines and the carets under them.
#include <unordered_set>
#include <vector>

#include "core/exceptions.h"
#include "core/objects/function.h"
#include "core/types/classes.h"
#include "core/types/suggestions.h"

namespace turnstile {

namespace {

constexpr int kMaxFrames = 1000;  // the innermost ones are shown
constexpr int kRepeatsShown = 3;  // of one line, before they are only counted
constexpr int kIndent = 4;

constexpr const char* kCauseMessage = "\nThe above exception was the direct cause of the following exception:\n\n";
constexpr const char* kContextMessage = "\nDuring handling of the above exception, another exception occurred:\n\n";

Exception* exception_of(Value v) { return reinterpret_cast<Exception*>(v.as_object()); }

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

/// Line `number` (from 1) of a source text, without its end. False when there is none.
bool source_line(const CodeData& code, std::uint32_t number, std::string* out) {
  if (code.source == nullptr || number == 0) return false;
  if (!code.filename.empty() && code.filename.front() == '<' && code.filename.back() == '>') return false;
  const std::string& text = *code.source;
  std::size_t begin = 0;
  for (std::uint32_t line = 1; line < number; ++line) {
    begin = text.find('\n', begin);
    if (begin == std::string::npos) return false;
    ++begin;
  }
  if (begin >= text.size()) return false;
  const std::size_t end = text.find('\n', begin);
  *out = text.substr(begin, end == std::string::npos ? std::string::npos : end - begin);
  if (!out->empty() && out->back() == '\r') out->pop_back();
  return true;
}

/// Characters in the first `bytes` bytes of UTF-8 text.
int characters_in(const std::string& line, std::size_t bytes) {
  int n = 0;
  for (std::size_t i = 0; i < bytes && i < line.size(); ++i)
    n += (static_cast<unsigned char>(line[i]) & 0xc0) != 0x80 ? 1 : 0;
  return n;
}

// The line of carets below a source line that starts with `stripped` blanks: ^ under the span, or ~ with ^ under the
// operator or subscript. Nothing when they would only underline the whole line.
std::string caret_line(const SourceSpan& span, const std::string& line, std::size_t stripped) {
  if (span.line == 0 || span.end_line == 0 || (span.end_line == span.line && span.end_column <= span.column)) return "";
  const int start = characters_in(line, span.column);
  int end = 0;
  bool anchors = false;
  if (span.end_line == span.line) {
    end = characters_in(line, span.end_column);
    anchors = span.anchor_end > span.anchor_begin;
  } else {
    std::size_t last = line.size();
    while (last > 0 && (is_blank(line[last - 1]))) --last;
    end = characters_in(line, last);
  }
  if (!anchors && end - start == characters_in(line, line.size()) - static_cast<int>(stripped)) return "";
  const int left = anchors ? characters_in(line, span.anchor_begin) : -1;
  const int right = anchors ? characters_in(line, span.anchor_end) : -1;
  std::string out(kIndent, ' ');
  for (int at = static_cast<int>(stripped); at < end; ++at) {
    if (at < start) {
      out += ' ';
    } else if (anchors) {
      out += at >= left && at < right ? '^' : '~';
    } else {
      out += '^';
    }
  }
  return out + "\n";
}

void append_frame(std::string* out, const Traceback* t) {
  const CodeData& code = *t->code->data;
  const SourceSpan span = t->pc < code.spans.size() ? code.spans[t->pc] : SourceSpan{};
  const std::uint32_t number = span.line != 0 ? span.line : code.first_line;
  *out += "  File \"" + code.filename + "\", line " + std::to_string(number) + ", in " + code.name + "\n";
  std::string line;
  if (!source_line(code, number, &line)) return;
  std::size_t stripped = 0;
  while (stripped < line.size() && is_blank(line[stripped])) ++stripped;
  *out += std::string(kIndent, ' ') + line.substr(stripped) + "\n";
  *out += caret_line(span, line, stripped);
}

void append_repeats(std::string* out, int count) {
  if (count <= kRepeatsShown) return;
  const int more = count - kRepeatsShown;
  *out += "  [Previous line repeated " + std::to_string(more) + " more time" + (more > 1 ? "s" : "") + "]\n";
}

std::uint32_t line_of(const Traceback* t) {
  const CodeData& code = *t->code->data;
  return t->pc < code.spans.size() && code.spans[t->pc].line != 0 ? code.spans[t->pc].line : code.first_line;
}

// Library modules in Python stand for code that tracebacks of CPython do not show (or show with other paths).
const Traceback* skip_library(const Traceback* t) {
  while (t != nullptr && t->code->data->filename.starts_with("<frozen ")) t = t->next;
  return t;
}

void append_traceback(std::string* out, const Traceback* first) {
  int depth = 0;
  for (const Traceback* t = first; t != nullptr; t = t->next) ++depth;
  const Traceback* t = first;
  for (; depth > kMaxFrames; --depth) t = t->next;
  t = skip_library(t);
  *out += "Traceback (most recent call last):\n";
  const Traceback* last = nullptr;
  int repeats = 0;
  for (; t != nullptr; t = skip_library(t->next)) {
    const bool same = last != nullptr && last->code->data->filename == t->code->data->filename &&
                      line_of(last) == line_of(t) && last->code->data->name == t->code->data->name;
    if (!same) {
      append_repeats(out, repeats);
      repeats = 0;
    }
    last = t;
    if (++repeats <= kRepeatsShown) append_frame(out, t);
  }
  append_repeats(out, repeats);
}

Value own_attribute(Mutator& m, Value exception, const char* name) {
  Str* key = intern(m, name);
  return key == nullptr ? Value() : get_own_attribute(m, exception.as_object(), key);
}

std::int64_t number_or(Value v, std::int64_t otherwise) {
  std::int64_t n;
  return !v.is_empty() && !v.is_none() && int_to_int64(v, &n) ? n : otherwise;
}

// A SyntaxError's place: file, line, text and carets. `offset` counts characters from 1.
void append_syntax_place(Mutator& m, std::string* out, Value exception) {
  Value file = own_attribute(m, exception, "filename");
  const std::int64_t line = number_or(own_attribute(m, exception, "lineno"), -1);
  if (line < 0 && !is_kind(file, Kind::str)) return;
  *out += "  File \"" + (is_kind(file, Kind::str) ? to_utf8(file.as<Str>()) : std::string("<string>")) + "\"";
  if (line >= 0) *out += ", line " + std::to_string(line);
  *out += "\n";
  Value text_value = own_attribute(m, exception, "text");
  if (!is_kind(text_value, Kind::str)) return;
  std::string text = to_utf8(text_value.as<Str>());
  const std::int64_t end_line = number_or(own_attribute(m, exception, "end_lineno"), line);
  std::int64_t offset = number_or(own_attribute(m, exception, "offset"), -1);
  std::int64_t end_offset = number_or(own_attribute(m, exception, "end_offset"), -1);
  if (!text.empty() && text.back() == '\n') text.pop_back();
  if (end_line > line) end_offset = characters_in(text, text.size()) + 1;
  const std::int64_t carets = end_offset > 0 && end_offset > offset ? end_offset - offset : 1;
  std::size_t blanks = 0;
  while (blanks < text.size() && is_blank(text[blanks])) ++blanks;
  *out += std::string(kIndent, ' ') + text.substr(blanks) + "\n";
  offset -= 1 + static_cast<std::int64_t>(blanks);
  if (offset < 0) return;
  *out += std::string(static_cast<std::size_t>(kIndent + offset), ' ') +
          std::string(static_cast<std::size_t>(carets), '^') + "\n";
}

// str(v) as UTF-8, or the replacement when it fails.
std::string text_of(Mutator& m, Value v, const char* replacement) {
  Value s = to_str(m, v);
  if (is_kind(s, Kind::str)) return to_utf8(s.as<Str>());
  m.exception = Value();
  return replacement;
}

std::string class_in_message(Mutator& m, Type* cls) {
  Value module = cls->module_name.load();
  if (is_heap_type(cls)) module = dict_get_name(cls->dict, m.runtime->names.__module__);
  std::string prefix = "<unknown>.";
  if (is_kind(module, Kind::str)) {
    prefix = to_utf8(module.as<Str>());
    prefix = prefix == "builtins" || prefix == "__main__" ? "" : prefix + ".";
  }
  return prefix + to_utf8(cls->qualname);
}

void append_notes(Mutator& m, std::string* out, Value exception) {
  Value notes = get_attr_or_empty(m, exception, m.runtime->names.__notes__);
  m.exception = Value();
  if (notes.is_empty() || notes.is_none()) return;
  if (!is_kind(notes, Kind::list) && !is_kind(notes, Kind::tuple)) {
    Value shown = repr(m, notes);
    *out += (is_kind(shown, Kind::str) ? to_utf8(shown.as<Str>()) : std::string("<__notes__ repr() failed>")) + "\n";
    m.exception = Value();
    return;
  }
  for_each(m, notes, [&](Value note) {
    const std::string text = text_of(m, note, "<note str() failed>");
    std::size_t begin = 0;
    do {
      std::size_t end = text.find('\n', begin);
      if (end == std::string::npos) end = text.size();
      *out += text.substr(begin, end - begin) + "\n";
      begin = end + 1;
    } while (begin < text.size());
    return true;
  });
  m.exception = Value();
}

void append_one(Mutator& m, std::string* out, Value exception) {
  Exception* e = exception_of(exception);
  Value traceback = e->traceback.load();
  if (is_kind(traceback, Kind::traceback)) {
    append_traceback(out, reinterpret_cast<Traceback*>(traceback.as_object()));
  }
  Type* cls = type_of(m, exception);
  const bool syntax = is_subtype(cls, m.runtime->exceptions.SyntaxError);
  std::string message;
  const bool placed = syntax && !own_attribute(m, exception, "filename").is_empty();
  if (placed) {
    append_syntax_place(m, out, exception);
    Value text = own_attribute(m, exception, "msg");
    message = text.is_empty() ? "None" : text_of(m, text, "<exception str() failed>");
  } else {
    message = text_of(m, exception, "<exception str() failed>");
  }
  *out += class_in_message(m, cls);
  if (!message.empty()) *out += ": " + message;
  *out += suggestion_for(m, exception);
  *out += "\n";
  append_notes(m, out, exception);
}

}  // namespace

std::string format_exception(Mutator& m, Value exception) {
  // What it says is about the exception as it is; whatever goes wrong on the way is dropped.
  m.exception = Value();
  std::vector<Value> chain{exception};
  std::vector<const char*> links;  // links[i]: between chain[i + 1] (printed before) and chain[i]
  // The chain hangs together from `exception`, which the caller holds: everything in the vectors is alive.
  std::unordered_set<const Object*> seen{exception.as_object()};
  for (;;) {
    Exception* e = exception_of(chain.back());
    Value next = e->cause.load();
    const char* link = kCauseMessage;
    if (!is_kind(next, Kind::exception)) {
      if (e->suppress_context.load().is_true()) break;
      next = e->context.load();
      link = kContextMessage;
      if (!is_kind(next, Kind::exception)) break;
    }
    if (!seen.insert(next.as_object()).second) break;
    chain.push_back(next);
    links.push_back(link);
  }
  std::string out;
  for (std::size_t i = chain.size(); i-- > 0;) {
    append_one(m, &out, chain[i]);
    if (i > 0) out += links[i - 1];
  }
  return out;
}

}  // namespace turnstile
