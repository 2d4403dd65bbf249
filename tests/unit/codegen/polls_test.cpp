// Where compiled code polls: seldom, but never too seldom, and with the results of a loop that does not.
#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <initializer_list>

#include "tests/unit/codegen/fake_machine.h"

using namespace turnstile;
using namespace turnstile::codegen;
using namespace turnstile::codegen::testing;

namespace {

constexpr std::uint32_t kMask = 4;

struct Polls {
  std::uint64_t count = 0;
  std::uint64_t interrupt_at = 0;  // that poll raises
};
Polls polls;

bool fake_safepoint(Mutator*) { return ++polls.count != polls.interrupt_at; }
void fake_propagate(Mutator*, Frame*, std::int32_t) {}

struct Polled {
  Activation activation;
  std::atomic<std::uint32_t> word{0};

  EntryPoint compile(const Program& p, bool loops = false) {
    HelperTable helpers = fake_helpers();
    helpers.functions[static_cast<std::size_t>(Helper::safepoint)] = reinterpret_cast<const void*>(&fake_safepoint);
    helpers.functions[static_cast<std::size_t>(Helper::propagate)] = reinterpret_cast<const void*>(&fake_propagate);
    Backend* backend = shared_backend();
    REQUIRE(backend != nullptr);
    Snapshot s = p.snapshot();
    s.polls = true;
    s.poll_mask = kMask;
    std::string error;
    EntryPoint entry = backend->compile(s, helpers, loops, &error);
    INFO(error);
    REQUIRE((entry != nullptr));
    return entry;
  }
  Value run(EntryPoint entry, std::initializer_list<Value> arguments) {
    activation.mutator.poll_word = &word;
    activation.mutator.poll_mask = kMask;
    polls.count = 0;
    return activation.run(entry, arguments);
  }
};

// total = 0; while i `op` n: i += step; total += 1;  return total. Slots: i, n, total, temporary, step, one.
struct Loop : Program {
  Loop(Op op, std::int64_t step);
};
Loop::Loop(Op op, std::int64_t step) : Program(2, 6) {
  Program& p = *this;
  const std::int32_t zero = p.constant(Value::small_int(0));
  const std::int32_t by = p.constant(Value::small_int(step));
  const std::int32_t one = p.constant(Value::small_int(1));
  p.add(Op::load_const_, 2, 0, 0, zero);
  const std::uint32_t header = p.add(op, 3, 0, 1, 0, kSawInt);
  const std::uint32_t leave = p.add(Op::jump_if_false_, 3);
  p.add(Op::load_const_, 4, 0, 0, by);
  p.add(Op::load_const_, 5, 0, 0, one);
  p.add(Op::add_, 0, 0, 4, 1, kSawInt);
  p.add(Op::add_, 2, 2, 5, 1, kSawInt);
  p.add(Op::jump_back_, 0, 0, 0, static_cast<std::int32_t>(header));
  p.data.insns[leave].d = static_cast<std::int32_t>(p.add(Op::return_value_, 2));
}

std::int64_t rounds(Op op, std::int64_t from, std::int64_t to, std::int64_t step) {
  std::int64_t n = 0;
  const auto on = [&] {
    return op == Op::lt_ ? from < to : op == Op::le_ ? from <= to : op == Op::gt_ ? from > to : from >= to;
  };
  for (; on(); from += step) ++n;
  return n;
}

}  // namespace

TEST_CASE("counted loops end where they should, whatever the length of a run, polled or not") {
  for (Op op : {Op::lt_, Op::le_, Op::gt_, Op::ge_}) {
    for (std::int64_t size : {1, 3, 1000}) {
      const std::int64_t step = op == Op::lt_ || op == Op::le_ ? size : -size;
      const Loop p(op, step);
      Polled machine;
      EntryPoint entry = machine.compile(p);
      for (std::uint32_t word : {0u, kMask}) {
        machine.word = word;
        for (std::int64_t n = 0; n < 20000; n += n < 10 ? 1 : 997) {
          for (std::int64_t more : {-1, 0, 1}) {
            const std::int64_t to = n * step + more;
            const Value v = machine.run(entry, {Value::small_int(0), Value::small_int(to)});
            REQUIRE(v.as_int() == rounds(op, 0, to, step));
          }
        }
      }
    }
  }
}

TEST_CASE("counted loops poll seldom") {
  const Loop p(Op::lt_, 1);
  Polled machine;
  EntryPoint entry = machine.compile(p);
  machine.word = kMask;
  CHECK(machine.run(entry, {Value::small_int(0), Value::small_int(1000000)}).as_int() == 1000000);
  CHECK(polls.count >= 10);     // at least every 100 microseconds, if an iteration takes a nanosecond
  CHECK(polls.count <= 10000);  // far from every iteration
  machine.word = ~kMask;        // other bits mean nothing
  machine.run(entry, {Value::small_int(0), Value::small_int(1000000)});
  CHECK(polls.count == 0);
}

TEST_CASE("a poll in a counted loop raises, and the loop goes on after one that does not") {
  const Loop p(Op::lt_, 1);
  Polled machine;
  EntryPoint entry = machine.compile(p);
  machine.word = kMask;
  for (std::uint64_t at : {1u, 5u}) {
    polls.interrupt_at = at;
    CHECK(machine.run(entry, {Value::small_int(0), Value::small_int(1000000)}).is_empty());
    CHECK(polls.count == at);
  }
  polls.interrupt_at = 0;
}

TEST_CASE("loops whose condition is no count poll in each iteration") {
  // while n: n = n >> 1
  Program p(1, 3);
  const std::int32_t one = p.constant(Value::small_int(1));
  p.add(Op::load_const_, 1, 0, 0, one);
  const std::uint32_t header = p.add(Op::gt_, 2, 0, 1, 0, kSawInt);
  const std::uint32_t leave = p.add(Op::jump_if_false_, 2);
  p.add(Op::rshift_, 0, 0, 1, 1, kSawInt);
  p.add(Op::jump_back_, 0, 0, 0, static_cast<std::int32_t>(header));
  p.data.insns[leave].d = static_cast<std::int32_t>(p.add(Op::return_value_, 0));
  Polled machine;
  EntryPoint entry = machine.compile(p);
  machine.word = kMask;
  CHECK(machine.run(entry, {Value::small_int(std::int64_t{1} << 20)}).as_int() == 1);
  CHECK(polls.count == 20);
}
