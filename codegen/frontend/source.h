// Program text prepared for the lexer, positions in it, and errors about it. No runtime involved.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace turnstile::frontend {

/// Where a construct lies: lines from 1, columns in UTF-8 bytes from 0, end exclusive.
struct Span {
  std::uint32_t line = 0, column = 0;
  std::uint32_t end_line = 0, end_column = 0;
};

/// From the start of `a` to the end of `b`.
inline Span join(const Span& a, const Span& b) { return {a.line, a.column, b.end_line, b.end_column}; }

enum class ProblemKind : std::uint8_t { syntax, indentation, tab, recursion, value };

/// A compile-time error: what becomes a SyntaxError (or a class near it). `offset` and `end_offset` count code points
/// from 1, as the attributes of python3's SyntaxError do; line 0 means that the error has no place.
struct Problem {
  ProblemKind kind = ProblemKind::syntax;
  std::string message;
  std::uint32_t line = 0, offset = 0;
  std::uint32_t end_line = 0, end_offset = 0;
  std::string text;  // the line, with its newline
  bool has_text = false;
  bool found_by_parser = true;  // python3 shows the line of later errors only where it can read the file again
};

/// Source with newlines normalized to \n, no byte order mark, and a newline at its end.
class Source {
 public:
  /// False with `problem` filled: null bytes, invalid UTF-8, an encoding declaration other than UTF-8.
  bool prepare(std::string_view raw, std::string_view filename, Problem* problem);

  std::string_view text() const { return *text_; }
  std::shared_ptr<const std::string> shared_text() const { return text_; }
  std::uint32_t line_count() const { return static_cast<std::uint32_t>(lines_.size()); }
  /// Without its newline; empty when there is no such line.
  std::string_view line(std::uint32_t number) const;
  /// The text of a span, newlines included.
  std::string_view text_of(const Span& span) const {
    const std::uint32_t begin = line_offset(span.line) + span.column;
    return text().substr(begin, line_offset(span.end_line) + span.end_column - begin);
  }
  /// Byte offset of a line's first byte.
  std::uint32_t line_offset(std::uint32_t number) const;
  /// The line that a byte offset lies on.
  std::uint32_t line_at(std::uint32_t offset) const;
  /// Code points before byte column `column` of line `line`, plus 1.
  std::uint32_t character_offset(std::uint32_t line, std::uint32_t column) const;
  /// A problem at a span of this text. An end line of 0: only the start is known.
  Problem problem(ProblemKind kind, std::string message, const Span& span) const;

 private:
  std::shared_ptr<const std::string> text_ = std::make_shared<const std::string>("\n");
  std::vector<std::uint32_t> lines_;  // byte offsets
};

/// Decodes one code point of valid UTF-8 at `*i` and advances.
char32_t decode_utf8(std::string_view text, std::size_t* i);
/// Appends generalized UTF-8 (surrogates allowed).
void append_utf8(std::string* out, char32_t point);
/// Position of the first byte that is no UTF-8 (surrogates are refused), or npos.
std::size_t find_invalid_utf8(std::string_view text);

}  // namespace turnstile::frontend
