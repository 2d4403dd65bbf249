// Which calls are the first of two or more of one activation: before these compiled code polls
// (codegen/llvm/polls.cpp).
#include <doctest/doctest.h>

#include <cstdint>
#include <set>

#include "codegen/inference/operands.h"
#include "tests/unit/codegen/fake_machine.h"

using namespace turnstile;
using namespace turnstile::codegen;
using namespace turnstile::codegen::testing;

namespace {

// `c` calls, `n` does nothing, `r` returns, `?` jumps to the end where slot 0 is false, `<` jumps back to the
// beginning.
std::set<std::uint32_t> firsts(const char* text) {
  Program p(1, 1);
  std::set<std::uint32_t> calls;
  const auto end = static_cast<std::int32_t>(std::strlen(text));
  for (const char* t = text; *t != 0; ++t) {
    if (*t == 'c') calls.insert(p.add(Op::call_));
    if (*t == 'n') p.add(Op::nop_);
    if (*t == 'r') p.add(Op::return_value_);
    if (*t == '?') p.add(Op::jump_if_false_, 0, 0, 0, end);
    if (*t == '<') p.add(Op::jump_back_);
  }
  p.add(Op::return_value_);
  return Flow(p.snapshot()).first_of_two(p.snapshot(), calls);
}

using Pcs = std::set<std::uint32_t>;

}  // namespace

TEST_CASE("one call is no first of two") {
  CHECK(firsts("nncn").empty());
  CHECK(firsts("?n<").empty());
  CHECK(firsts("crnc").empty());  // the second is not reached
}

TEST_CASE("of several calls in a row the first polls") {
  CHECK(firsts("cc") == Pcs{0});
  CHECK(firsts("ncncnc") == Pcs{1});
}

TEST_CASE("where nothing is called nothing polls") {
  CHECK(firsts("?cc") == Pcs{1});  // build() of a tree: leaves go to the end
  CHECK(firsts("c?cc") == Pcs{0});
}

TEST_CASE("loops poll by themselves, for one call in an iteration") {
  CHECK(firsts("?nc<").empty());
  CHECK(firsts("?cc<") == Pcs{1});
}
