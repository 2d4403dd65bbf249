#include "codegen/frontend/lexer.h"

#include <doctest/doctest.h>

#include <string>

#include "codegen/frontend/literals.h"

namespace turnstile::frontend {
namespace {

struct Tokens {
  explicit Tokens(std::string_view text) {
    Problem p;
    REQUIRE(source.prepare(text, "t", &p));
    lexed = lex(source);
  }
  std::vector<Tok> kinds() const {
    std::vector<Tok> out;
    for (const Token& t : lexed.tokens) out.push_back(t.kind);
    return out;
  }
  std::string_view text(std::size_t i) const {
    const Token& t = lexed.tokens[i];
    return source.text().substr(t.begin, t.end - t.begin);
  }
  Source source;
  Lexed lexed;
};

using T = std::vector<Tok>;

}  // namespace

TEST_CASE("names, keywords, operators") {
  CHECK(Tokens("if x:=y**-1 ... !=->//=\n").kinds() ==
        T{Tok::kw_if, Tok::name, Tok::colon_equal, Tok::name, Tok::double_star, Tok::minus, Tok::number, Tok::ellipsis,
          Tok::not_equal, Tok::arrow, Tok::double_slash_equal, Tok::newline, Tok::end});
  CHECK(Tokens("None nonlocal match Ünïcode\n").kinds() ==
        T{Tok::kw_None, Tok::kw_nonlocal, Tok::name, Tok::name, Tok::newline, Tok::end});
}

TEST_CASE("indentation") {
  CHECK(Tokens("a\n  b\n\n  # c\n    d\ne\n").kinds() ==
        T{Tok::name, Tok::newline, Tok::indent, Tok::name, Tok::newline, Tok::indent, Tok::name, Tok::newline,
          Tok::dedent, Tok::dedent, Tok::name, Tok::newline, Tok::end});
  // A form feed starts the count anew; tabs go to multiples of eight.
  CHECK(Tokens("if a:\n  b\n  \fb\n").kinds() == T{Tok::kw_if, Tok::name, Tok::colon, Tok::newline, Tok::indent,
                                                   Tok::name, Tok::newline, Tok::dedent, Tok::name, Tok::newline,
                                                   Tok::end});
  CHECK(!Tokens("if a:\n\tb\n\tc\n").lexed.problem);
  CHECK(Tokens("if a:\n\tb\n        c\n").lexed.problem->kind == ProblemKind::tab);
  CHECK(Tokens("if a:\n    b\n  c\n").lexed.problem->message == "unindent does not match any outer indentation level");
}

TEST_CASE("lines") {
  // In parentheses and behind a backslash lines are joined; a last line needs no newline.
  CHECK(Tokens("(a\n  b)\n").kinds() == T{Tok::lpar, Tok::name, Tok::name, Tok::rpar, Tok::newline, Tok::end});
  CHECK(Tokens("a \\\n  b").kinds() == T{Tok::name, Tok::name, Tok::newline, Tok::end});
  CHECK(Tokens("").kinds() == T{Tok::end});
  CHECK(Tokens("\xef\xbb\xbf"
               "a\r\nb\rc\n")
            .kinds() == T{Tok::name, Tok::newline, Tok::name, Tok::newline, Tok::name, Tok::newline, Tok::end});
  Tokens t("ab = 'x\\\ny'\n");
  CHECK(t.lexed.tokens[2].span.line == 1);
  CHECK(t.lexed.tokens[2].span.end_line == 2);
  CHECK(t.lexed.tokens[2].span.column == 5);
  CHECK(t.lexed.tokens[2].span.end_column == 2);
}

TEST_CASE("columns are bytes") {
  Tokens t("ä + b\n");
  CHECK(t.lexed.tokens[1].span.column == 3);
  CHECK(t.source.character_offset(1, 3) == 3);
}

TEST_CASE("strings keep their prefixes and quotes") {
  Tokens t("rb'a' f\"{x['y']}\" '''a\n'b'''  u'c' Rb\"\\\"\"\n");
  CHECK(t.text(0) == "rb'a'");
  CHECK(t.text(1) == "f\"{x['y']}\"");
  CHECK(t.text(2) == "'''a\n'b'''");
  CHECK(t.text(3) == "u'c'");
  CHECK(t.text(4) == "Rb\"\\\"\"");
  CHECK(split_string("rb'a'").raw);
  CHECK(split_string("rb'a'").bytes);
  CHECK(split_string("'''ab'''").body_begin == 3);
  CHECK(split_string("'''ab'''").body_end == 5);
  CHECK(!split_string("''").triple);
}

TEST_CASE("number literals") {
  auto value = [](std::string_view text) {
    Constant c;
    std::string error;
    REQUIRE(number_value(text, &c, &error));
    return c;
  };
  CHECK(value("1_000").small == 1000);
  CHECK(value("0x_ff").small == 255);
  CHECK(value("0B101").small == 5);
  CHECK(value("0o17").small == 15);
  CHECK(value("00").small == 0);
  CHECK(value("9223372036854775807").small == INT64_MAX);
  CHECK(value("9223372036854775808").text == "9223372036854775808");
  CHECK(value("0xffffffffffffffffffff").base == 16);
  CHECK(value("1_0.5e-1_0").number == 10.5e-10);
  CHECK(value(".5").number == 0.5);
  CHECK(value("5.").number == 5.0);
  CHECK(value("1e400").number > 1e308);
  for (const char* good : {"1if x else y\n", "0x1for x in y\n", "1_0\n", "1.e5\n", "1..real\n"}) {
    CAPTURE(good);
    CHECK(!Tokens(good).lexed.problem);
  }
}

TEST_CASE("escapes") {
  auto text = [](std::string_view body) {
    std::string out, error;
    REQUIRE(unescape_str(body, &out, &error));
    return out;
  };
  CHECK(text("a\\n\\t\\\\\\'\\x41\\101\\u00e4\\U0001F600\\\nb\\q") ==
        "a\n\t\\'AA\xc3\xa4\xf0\x9f\x98\x80"
        "b\\q");
  CHECK(text("\\ud800") == "\xed\xa0\x80");
  CHECK(text("\\0").size() == 1);
  std::string out, error;
  CHECK(unescape_bytes("\\xff\\u12\\400", &out, &error));
  CHECK(out == std::string("\xff\\u12\0", 6));
}

}  // namespace turnstile::frontend
