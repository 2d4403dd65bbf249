// Machine code against what Python would do, and against what must be in the frame when a guard fails.
#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <random>

#include "codegen/inference/inference.h"
#include "tests/unit/codegen/fake_machine.h"

using namespace turnstile;
using namespace turnstile::codegen;
using namespace turnstile::codegen::testing;

namespace {

EntryPoint compile(const Snapshot& s, bool loops = false) {
  static const HelperTable helpers = fake_helpers();
  Backend* backend = shared_backend();
  REQUIRE(backend != nullptr);
  std::string error;
  EntryPoint entry = backend->compile(s, helpers, loops, &error);
  INFO(error);
  REQUIRE((entry != nullptr));
  return entry;
}

// total = 0; i = 0; while i < n: i += 1; total += i;  return total. Slots: n, i, total, temporary, one.
struct CountingLoop : Program {
  CountingLoop();
};
CountingLoop::CountingLoop() : Program(1, 5) {
  Program& p = *this;
  const std::int32_t zero = p.constant(Value::small_int(0));
  const std::int32_t one = p.constant(Value::small_int(1));
  p.add(Op::load_const_, 1, 0, 0, zero);
  p.add(Op::load_const_, 2, 0, 0, zero);
  const std::uint32_t header = p.add(Op::lt_, 3, 1, 0, 0, kSawInt);
  const std::uint32_t leave = p.add(Op::jump_if_false_, 3);
  p.add(Op::load_const_, 4, 0, 0, one);
  p.add(Op::add_, 1, 1, 4, 1, kSawInt);
  p.add(Op::add_, 2, 2, 1, 1, kSawInt);
  p.add(Op::jump_back_, 0, 0, 0, static_cast<std::int32_t>(header));
  p.data.insns[leave].d = static_cast<std::int32_t>(p.add(Op::return_value_, 2));
}

// a op b with feedback.
Value binary(Op op, Value a, Value b, std::uint8_t saw) {
  Program p(2, 3);
  p.add(op, 2, 0, 1, 0, saw);
  p.add(Op::return_value_, 2);
  Activation activation;
  return activation.run(compile(p.snapshot()), {a, b});
}

Value integers(Op op, std::int64_t a, std::int64_t b) {
  return binary(op, Value::small_int(a), Value::small_int(b), kSawInt);
}

}  // namespace

TEST_CASE("a counting loop runs on raw ints") {
  const CountingLoop p;
  Activation activation;
  CHECK(activation.run(compile(p.snapshot()), {Value::small_int(1000)}).as_int() == 500500);
  CHECK_FALSE(last_exit.left);
}

TEST_CASE("inference guards the parameter once, before the loop") {
  const CountingLoop p;
  const Snapshot s = p.snapshot();
  const Inference inference(s);
  const State* header = inference.entry_state(2);
  REQUIRE(header != nullptr);
  CHECK((*header)[0].type == SlotType::integer);
  CHECK((*header)[1].type == SlotType::integer);
  CHECK((*header)[2].type == SlotType::integer);
  CHECK(inference.flow().is_loop_header(2));
}

TEST_CASE("a failed guard leaves with the frame as the interpreter needs it") {
  const CountingLoop p;
  Activation activation;
  CHECK(activation.run(compile(p.snapshot()), {Value::number(3.5)}).bits() == kLeft);
  CHECK(last_exit.left);
  CHECK(last_exit.failing == 2);
  CHECK(last_exit.pc == 0);  // what comes before the loop has no effects: it is executed again
  CHECK(activation.frame->slots[0] == Value::number(3.5));
}

TEST_CASE("nothing is executed again once a slot that it needs is overwritten") {
  Program p(2, 3);
  p.add(Op::add_, 2, 0, 0, 0, kSawInt);
  p.add(Op::move_, 0, 2);
  p.add(Op::add_, 2, 0, 1, 0, kSawInt);
  p.add(Op::return_value_, 2);
  Activation activation;
  CHECK(activation.run(compile(p.snapshot()), {Value::small_int(5), Value::small_int(1)}).as_int() == 11);
  CHECK(activation.run(compile(p.snapshot()), {Value::small_int(5), Value::number(0.5)}).bits() == kLeft);
  CHECK(last_exit.pc == 2);
  CHECK(last_exit.failing == 2);
  CHECK(activation.frame->slots[0] == Value::small_int(10));
  CHECK(activation.frame->slots[1] == Value::number(0.5));
}

TEST_CASE("loops are entered in the middle") {
  const CountingLoop p;
  Activation activation;
  EntryPoint entry = compile(p.snapshot(), true);
  activation.frame->pc = 2;
  CHECK(activation.run(entry, {Value::small_int(10), Value::small_int(8), Value::small_int(100)}).as_int() == 119);
  activation.frame->pc = 2;
  activation.run(entry, {Value::small_int(10), Value::number(1.0), Value::small_int(7)});
  CHECK(last_exit.left);
  CHECK(activation.frame->slots[1] == Value::number(1.0));
}

TEST_CASE("integer arithmetic has Python's semantics") {
  CHECK(integers(Op::floor_div_, -7, 2).as_int() == -4);
  CHECK(integers(Op::mod_, -7, 2).as_int() == 1);
  CHECK(integers(Op::mod_, 7, -2).as_int() == -1);
  CHECK(integers(Op::true_div_, 7, 2).as_double() == 3.5);
  CHECK(integers(Op::lshift_, 3, 4).as_int() == 48);
  CHECK(integers(Op::rshift_, -9, 1).as_int() == -5);
  CHECK(integers(Op::rshift_, -9, 100).as_int() == -1);
  CHECK(integers(Op::ge_, 3, 3).is_true());
  CHECK(integers(Op::floor_div_, 1, 0).bits() == kLeft);
  CHECK(integers(Op::lshift_, 1, 64).bits() == kLeft);
  CHECK(integers(Op::lshift_, 1, -1).bits() == kLeft);
}

TEST_CASE("random integer operands agree with a wide reference") {
  std::mt19937_64 random(7);
  const Op ops[] = {Op::add_, Op::sub_, Op::mul_, Op::floor_div_, Op::mod_, Op::bit_and_, Op::bit_or_, Op::bit_xor_};
  for (Op op : ops) {
    Program p(2, 3);
    p.add(op, 2, 0, 1, 0, kSawInt);
    p.add(Op::return_value_, 2);
    EntryPoint entry = compile(p.snapshot());
    for (int round = 0; round < 500; ++round) {
      const int shift_a = static_cast<int>(random() % 51);
      const int shift_b = static_cast<int>(random() % 51);
      const std::int64_t a = static_cast<std::int64_t>(random() << 13) >> 13 >> shift_a;
      const std::int64_t b = static_cast<std::int64_t>(random() << 13) >> 13 >> shift_b;
      __int128 expected = 0;
      if ((op == Op::floor_div_ || op == Op::mod_) && b == 0) continue;
      switch (op) {
        case Op::add_:
          expected = static_cast<__int128>(a) + b;
          break;
        case Op::sub_:
          expected = static_cast<__int128>(a) - b;
          break;
        case Op::mul_:
          expected = static_cast<__int128>(a) * b;
          break;
        case Op::bit_and_:
          expected = a & b;
          break;
        case Op::bit_or_:
          expected = a | b;
          break;
        case Op::bit_xor_:
          expected = a ^ b;
          break;
        default: {
          std::int64_t q = a / b;
          if (a % b != 0 && (a < 0) != (b < 0)) --q;
          expected = op == Op::floor_div_ ? q : a - q * b;
        }
      }
      Activation activation;
      const Value result = activation.run(entry, {Value::small_int(a), Value::small_int(b)});
      if (last_exit.left) {
        // Division by -1 leaves always; the others only beyond 64 bits.
        const bool wide = expected != static_cast<std::int64_t>(expected);
        CHECK((wide || b == -1));
        CHECK(activation.frame->slots[0] == Value::small_int(a));
        CHECK(activation.frame->slots[1] == Value::small_int(b));
      } else if (expected > Value::kIntMax || expected < Value::kIntMin) {
        CHECK(result.bits() == 0x0c);
      } else {
        CHECK(result.as_int() == static_cast<std::int64_t>(expected));
      }
    }
  }
}

TEST_CASE("floats mix with ints and stay canonical") {
  CHECK(binary(Op::add_, Value::number(1.5), Value::small_int(2), kSawIntFloat).as_double() == 3.5);
  CHECK(binary(Op::mul_, Value::small_int(3), Value::number(0.5), kSawIntFloat | kSawFloat).as_double() == 1.5);
  CHECK(binary(Op::lt_, Value::small_int(3), Value::number(3.5), kSawIntFloat).is_true());
  CHECK(binary(Op::add_, Value::small_int(1), Value::small_int(2), kSawIntFloat).bits() == kLeft);
  CHECK(binary(Op::true_div_, Value::number(1.0), Value::number(0.0), kSawFloat).bits() == kLeft);
  const double infinity = std::numeric_limits<double>::infinity();
  const Value nan = binary(Op::sub_, Value::number(infinity), Value::number(infinity), kSawFloat);
  CHECK(nan == Value::number(std::numeric_limits<double>::quiet_NaN()));
  CHECK(binary(Op::ne_, nan, nan, kSawFloat).is_true());
}

TEST_CASE("code that never ran is a way out") {
  Program p(2, 3);
  p.add(Op::add_, 2, 0, 1);
  p.add(Op::return_value_, 2);
  Activation activation;
  activation.run(compile(p.snapshot()), {Value::small_int(1), Value::small_int(2)});
  CHECK(last_exit.trap);
  CHECK(last_exit.pc == 0);
}
