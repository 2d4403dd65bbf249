// The verifier finds what is wrong with bytecode.
#include "codegen/frontend/verify.h"

#include <doctest/doctest.h>

#include <string>

namespace turnstile::frontend {
namespace {

/// One local, two temporaries.
CodeUnit unit_of(std::vector<Insn> insns) {
  CodeUnit u;
  u.data->name = u.data->qualname = "f";
  u.data->local_names = {"x"};
  u.data->local_count = 1;
  u.data->slot_count = 3;
  u.data->spans.resize(insns.size());
  u.data->insns = std::move(insns);
  u.consts.emplace_back();
  return u;
}

std::string first_error(const CodeUnit& u) {
  std::vector<std::string> errors = verify(u);
  return errors.empty() ? "" : errors[0].substr(errors[0].rfind(": ") + 2);
}

}  // namespace

TEST_CASE("good code") {
  CHECK(first_error(unit_of({{Op::load_const_, 1, 0, 0, 0, 0}, {Op::return_value_, 1, 0, 0, 0, 0}})).empty());
}

TEST_CASE("control flow") {
  CHECK(first_error(unit_of({{Op::load_const_, 1, 0, 0, 0, 0}})) == "control falls off the end");
  CHECK(first_error(unit_of({{Op::jump_, 0, 0, 0, 7, 0}})) == "jump out of bounds");
  CHECK(first_error(unit_of({{Op::jump_, 0, 0, 0, 0, 0}})) == "only jump_back goes backwards, and it must");
  CHECK(first_error(unit_of({{Op::jump_back_, 0, 0, 0, 1, 0}, {Op::return_value_, 0, 0, 0, 0, 0}})) ==
        "only jump_back goes backwards, and it must");
}

TEST_CASE("registers and constants") {
  CHECK(first_error(unit_of({{Op::return_value_, 3, 0, 0, 0, 0}})) == "register out of bounds");
  CHECK(first_error(unit_of({{Op::build_tuple_, 0, 1, 3, 0, 0}, {Op::return_value_, 0, 0, 0, 0, 0}})) ==
        "register out of bounds");
  CHECK(first_error(unit_of({{Op::load_const_, 0, 0, 0, 1, 0}, {Op::return_value_, 0, 0, 0, 0, 0}})) ==
        "no such constant");
}

TEST_CASE("temporaries that one path leaves unwritten") {
  CodeUnit u = unit_of(
      {{Op::jump_if_true_, 0, 0, 0, 2, 0}, {Op::load_const_, 1, 0, 0, 0, 0}, {Op::return_value_, 1, 0, 0, 0, 0}});
  CHECK(first_error(u) == "return_value reads temporary 1, which is not written on every path");
  // A handler cannot rely on what the protected instruction writes.
  CodeUnit h = unit_of(
      {{Op::load_global_, 1, 0, 0, 0, 0}, {Op::return_value_, 1, 0, 0, 0, 0}, {Op::return_value_, 1, 0, 0, 0, 0}});
  h.data->exceptions.push_back({0, 1, 2, 2});
  CHECK(first_error(h) == "return_value reads temporary 1, which is not written on every path");
  // What for_iter writes is not written when it jumps.
  CodeUnit f =
      unit_of({{Op::for_iter_, 1, 0, 0, 2, 0}, {Op::return_value_, 1, 0, 0, 0, 0}, {Op::return_value_, 1, 0, 0, 0, 0}});
  CHECK(!first_error(f).empty());
}

TEST_CASE("exception entries") {
  std::vector<Insn> insns(4, {Op::nop_, 0, 0, 0, 0, 0});
  insns.push_back({Op::return_value_, 0, 0, 0, 0, 0});
  CodeUnit good = unit_of(insns);
  good.data->exceptions = {{1, 2, 4, 1}, {0, 3, 4, 1}};
  CHECK(first_error(good).empty());
  CodeUnit order = unit_of(insns);
  order.data->exceptions = {{0, 3, 4, 1}, {1, 2, 4, 1}};
  CHECK(first_error(order) == "exception entries overlap, or an inner one comes later");
  CodeUnit self = unit_of(insns);
  self.data->exceptions = {{0, 3, 1, 1}};
  CHECK(first_error(self) == "handler inside its own region");
}

TEST_CASE("caches") {
  CodeUnit u = unit_of(
      {{Op::load_global_, 1, 0, 0, 0, 1}, {Op::load_global_, 1, 0, 0, 0, 1}, {Op::return_value_, 1, 0, 0, 0, 0}});
  u.data->cache_count = 1;
  CHECK(first_error(u) == "cache used twice");
}

}  // namespace turnstile::frontend
