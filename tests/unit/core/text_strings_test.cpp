// Strings of a runtime: widths, interning, hashing, codecs.
#include <doctest/doctest.h>

#include <string>

#include "codegen/runtime.h"
#include "core/text/text.h"
#include "policies/bundles/nosync.h"

using namespace turnstile;

namespace {

/// A runtime whose main thread runs managed code for the length of a test.
struct Running {
  Runtime<NoSync> runtime;
  Mutator& m = runtime.main_mutator();
  Running() { runtime.enter(m); }
  ~Running() { runtime.leave(m); }
};

}  // namespace

TEST_CASE("strings take the narrowest width, and lose width when sliced") {
  Running r;
  Str* ascii = make_str(r.m, "abc");
  Str* latin = make_str(r.m, "caf\xc3\xa9");
  Str* wide = make_str(r.m, "a\xe4\xb8\xad");
  Str* astral = make_str(r.m, "a\xf0\x9f\x98\x80");
  CHECK(ascii->width() == 1);
  CHECK(latin->width() == 1);
  CHECK(latin->length() == 4);
  CHECK(wide->width() == 2);
  CHECK(astral->width() == 4);
  CHECK(to_utf8(astral) == "a\xf0\x9f\x98\x80");
  Str* head = strings::substring(r.m, wide, 0, 1);
  CHECK(head->width() == 1);
  CHECK(str_equal(head, make_str(r.m, "a")));
}

TEST_CASE("concatenation takes the wider width and equality ignores how a string was made") {
  Running r;
  Str* joined = str_concat(r.m, make_str(r.m, "ab"), make_str(r.m, "\xe4\xb8\xad")).as<Str>();
  Str* whole = make_str(r.m, "ab\xe4\xb8\xad");
  CHECK(str_equal(joined, whole));
  CHECK(hash_str(joined) == hash_str(whole));
  CHECK(str_compare(joined, whole) == 0);
  CHECK(str_compare(make_str(r.m, "ab"), joined) == -1);
  CHECK(str_compare(make_str(r.m, "b"), joined) == 1);
}

TEST_CASE("one interned string for each text; single characters are shared") {
  Running r;
  CHECK(intern(r.m, "spam") == intern(r.m, make_str(r.m, "spam")));
  CHECK(intern(r.m, "sp\xc3\xa4m") == intern(r.m, make_str(r.m, "sp\xc3\xa4m")));
  CHECK(intern(r.m, "spam") != intern(r.m, "eggs"));
  CHECK(intern(r.m, "") == r.runtime.empty_str);
  CHECK(strings::make_character(r.m, 'x') == make_str(r.m, "x"));
  CHECK(strings::make_character(r.m, 0xe9) == intern(r.m, "\xc3\xa9"));
  for (int i = 0; i < 5000; ++i) intern(r.m, "name" + std::to_string(i));
  r.runtime.collect(r.m);
  Str* again = intern(r.m, "name4321");
  CHECK(to_utf8(again) == "name4321");
  CHECK(again->has_flag(kInterned));
}

TEST_CASE("codecs: round trips and errors") {
  Running r;
  Str* s = make_str(r.m, "a\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80");
  for (const char* codec : {"utf-8", "utf-16", "utf-16-be", "utf-32", "UTF_32_LE"}) {
    const Value bytes = strings::encode(r.m, s, codec, "strict");
    REQUIRE_FALSE(bytes.is_empty());
    const Value back = strings::decode(r.m, bytes.as<Bytes>(), codec, "strict");
    REQUIRE_FALSE(back.is_empty());
    CHECK(str_equal(back.as<Str>(), s));
  }
  CHECK(strings::encode(r.m, s, "ascii", "strict").is_empty());
  CHECK(exception_matches(r.m, r.runtime.exceptions.UnicodeEncodeError));
  take_exception(r.m);
  const Value bad = bytes_from(r.m, "a\xffz", 3);
  CHECK(strings::decode(r.m, bad.as<Bytes>(), "utf-8", "strict").is_empty());
  CHECK(exception_matches(r.m, r.runtime.exceptions.UnicodeDecodeError));
  take_exception(r.m);
  const Value replaced = strings::decode(r.m, bad.as<Bytes>(), "utf-8", "replace");
  CHECK(to_utf8(replaced.as<Str>()) == "a\xef\xbf\xbdz");
}

TEST_CASE("repetition and its limits") {
  Running r;
  CHECK(to_utf8(strings::repeat(r.m, make_str(r.m, "ab"), 3)) == "ababab");
  CHECK(strings::repeat(r.m, make_str(r.m, "ab"), -1) == r.runtime.empty_str);
  CHECK(strings::repeat(r.m, make_str(r.m, "ab"), std::int64_t{1} << 40) == nullptr);
  CHECK(exception_matches(r.m, r.runtime.exceptions.MemoryError));
  take_exception(r.m);
}
