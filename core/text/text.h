// What the parts of core/text/ and their neighbours share beside core/ops.h. Failure: null, empty Value or false with
// Mutator::exception set; everything that makes an object may collect.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "core/ops.h"
#include "core/text/text_view.h"

namespace turnstile::strings {

/// Object::aux holds lengths; what would be longer is a MemoryError.
inline constexpr std::size_t kMaxLength = 0xfffffff0u;

// --- making strings (str.cpp) ---
Str* make_str(Mutator& m, const TextView& v);
Str* make_character(Mutator& m, char32_t point);
/// The code points [from, to) of s; s itself when that is all of it.
Str* substring(Mutator& m, Str* s, std::size_t from, std::size_t to);
Str* repeat(Mutator& m, Str* s, std::int64_t times);
/// The str of one character at index i, which exists: what iteration and subscripts give.
inline Str* character_at(Mutator& m, const Str* s, std::size_t i) { return make_character(m, s->at(i)); }
Bytes* allocate_bytes(Mutator& m, std::size_t length);  // uninitialized data, zero at the end
std::uint64_t hash_memory(const void* data, std::size_t size);
void append_utf8(std::string& out, char32_t point);

/// Gives the names that were interned before the class str existed their class.
void adopt_interned(Mutator& m, Shape* shape);

// --- searching (search.cpp) ---
inline constexpr std::size_t kNotFound = ~std::size_t{0};
std::size_t find(const TextView& haystack, const TextView& needle);
std::size_t find_last(const TextView& haystack, const TextView& needle);
/// Occurrences that do not overlap, at most `limit`.
std::size_t count(const TextView& haystack, const TextView& needle, std::size_t limit = kNotFound);

// --- quoting (str_repr.cpp) ---
Str* repr_of_str(Mutator& m, const Str* s);
Str* repr_of_bytes(Mutator& m, const Bytes* b);
/// Non-ASCII characters as \x, \u, \U escapes: ascii() applies it to a repr.
Str* escape_non_ascii(Mutator& m, Str* s);

// --- codecs (codecs.cpp) ---
Value encode(Mutator& m, Str* s, std::string_view encoding, std::string_view errors);
Value decode(Mutator& m, const Bytes* b, std::string_view encoding, std::string_view errors);

// --- templates (str_format.cpp, percent_format.cpp) ---
Value format_template(Mutator& m, Str* pattern, const CallArgs* args, Value mapping);
Value percent_format(Mutator& m, Str* pattern, Value args);
Value percent_format_bytes(Mutator& m, Bytes* pattern, Value args);

}  // namespace turnstile::strings
