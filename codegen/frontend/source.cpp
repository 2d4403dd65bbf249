#include "codegen/frontend/source.h"

#include <algorithm>
#include <cctype>
#include <cstdio>

namespace turnstile::frontend {

char32_t decode_utf8(std::string_view text, std::size_t* i) {
  auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  unsigned char lead = byte((*i)++);
  if (lead < 0x80) return lead;
  int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  char32_t point = lead & (0x3f >> more);
  while (more-- > 0 && *i < text.size()) point = (point << 6) | (byte((*i)++) & 0x3f);
  return point;
}

void append_utf8(std::string* out, char32_t p) {
  if (p < 0x80) {
    out->push_back(static_cast<char>(p));
    return;
  }
  int more = p < 0x800 ? 1 : p < 0x10000 ? 2 : 3;
  static constexpr unsigned char kLead[] = {0, 0xc0, 0xe0, 0xf0};
  out->push_back(static_cast<char>(kLead[more] | (p >> (6 * more))));
  while (more-- > 0) out->push_back(static_cast<char>(0x80 | ((p >> (6 * more)) & 0x3f)));
}

std::size_t find_invalid_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    unsigned char lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    std::size_t more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || i + more >= text.size()) return i;
    for (std::size_t k = 1; k <= more; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return i;
    }
    unsigned char second = static_cast<unsigned char>(text[i + 1]);
    if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) || (lead == 0xf0 && second < 0x90) ||
        (lead == 0xf4 && second > 0x8f)) {
      return i;
    }
    i += more + 1;
  }
  return std::string_view::npos;
}

namespace {

/// The encoding named by a PEP 263 comment in the first two lines, in lower case with '-' for '_', or "".
std::string declared_encoding(std::string_view text) {
  std::size_t begin = 0;
  for (int line = 0; line < 2 && begin < text.size(); ++line) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view l = text.substr(begin, end - begin);
    begin = end + 1;
    std::size_t i = l.find_first_not_of(" \t\f");
    if (i == std::string_view::npos) continue;
    if (l[i] != '#') return "";
    std::size_t at = l.find("coding", i);
    if (at == std::string_view::npos) continue;
    at += 6;
    if (at >= l.size() || (l[at] != ':' && l[at] != '=')) continue;
    ++at;
    while (at < l.size() && (l[at] == ' ' || l[at] == '\t')) ++at;
    std::string name;
    while (at < l.size() &&
           (std::isalnum(static_cast<unsigned char>(l[at])) || l[at] == '-' || l[at] == '_' || l[at] == '.')) {
      name += l[at] == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(l[at])));
      ++at;
    }
    if (!name.empty()) return name;
  }
  return "";
}

bool is_utf8_name(std::string_view name) {
  return name == "utf-8" || name.starts_with("utf-8-") || name == "utf8" || name == "ascii" || name == "us-ascii";
}

}  // namespace

bool Source::prepare(std::string_view raw, std::string_view filename, Problem* problem) {
  if (raw.substr(0, 3) == "\xef\xbb\xbf") raw.remove_prefix(3);
  auto text = std::make_shared<std::string>();
  text->reserve(raw.size() + 1);
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\r') {
      if (i + 1 < raw.size() && raw[i + 1] == '\n') ++i;
      text->push_back('\n');
    } else {
      text->push_back(raw[i]);
    }
  }
  if (text->empty() || text->back() != '\n') text->push_back('\n');
  lines_.clear();
  lines_.push_back(0);
  for (std::size_t i = 0; i + 1 < text->size(); ++i) {
    if ((*text)[i] == '\n') lines_.push_back(static_cast<std::uint32_t>(i + 1));
  }
  text_ = text;

  if (std::size_t null = text->find('\0'); null != std::string::npos) {
    *problem = {};
    problem->message = "source code string cannot contain null bytes";
    if (!filename.starts_with("<")) {
      problem->message = "source code cannot contain null bytes";
      problem->line = problem->end_line = line_at(static_cast<std::uint32_t>(null));
      problem->text = line(problem->line);
      problem->text.resize(problem->text.find('\0'));
      problem->has_text = true;
    }
    return false;
  }
  std::string encoding = declared_encoding(*text);
  if (!encoding.empty() && !is_utf8_name(encoding)) {
    *problem = {};
    problem->message = "Turnstile does not support source encoding '" + encoding + "'";
    return false;
  }
  if (std::size_t bad = find_invalid_utf8(*text); bad != std::string_view::npos) {
    auto line = static_cast<std::uint32_t>(std::upper_bound(lines_.begin(), lines_.end(), bad) - lines_.begin());
    char byte[8];
    std::snprintf(byte, sizeof byte, "\\x%02x", static_cast<unsigned char>((*text)[bad]));
    *problem = {};
    problem->message = "Non-UTF-8 code starting with '" + std::string(byte) + "' in file " + std::string(filename) +
                       " on line " + std::to_string(line) +
                       ", but no encoding declared; see https://peps.python.org/pep-0263/ for details";
    return false;
  }
  return true;
}

std::string_view Source::line(std::uint32_t number) const {
  if (number == 0 || number > lines_.size()) return {};
  std::size_t begin = lines_[number - 1];
  std::size_t end = number < lines_.size() ? lines_[number] - 1 : text_->size() - 1;
  return std::string_view(*text_).substr(begin, end - begin);
}

std::uint32_t Source::line_offset(std::uint32_t number) const {
  return number == 0 || number > lines_.size() ? static_cast<std::uint32_t>(text_->size()) : lines_[number - 1];
}

std::uint32_t Source::line_at(std::uint32_t offset) const {
  return static_cast<std::uint32_t>(std::upper_bound(lines_.begin(), lines_.end(), offset) - lines_.begin());
}

std::uint32_t Source::character_offset(std::uint32_t line_number, std::uint32_t column) const {
  std::string_view l = line(line_number);
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(column, l.size()); ++i) {
    if ((static_cast<unsigned char>(l[i]) & 0xc0) != 0x80) ++count;
  }
  return count + 1;
}

Problem Source::problem(ProblemKind kind, std::string message, const Span& span) const {
  Problem p;
  p.kind = kind;
  p.message = std::move(message);
  p.line = span.line;
  p.offset = character_offset(span.line, span.column);
  p.end_line = span.end_line == 0 ? span.line : span.end_line;
  p.end_offset = span.end_line == 0 ? 0 : character_offset(span.end_line, span.end_column);
  p.text = std::string(line(span.line)) + "\n";
  p.has_text = true;
  return p;
}

}  // namespace turnstile::frontend
