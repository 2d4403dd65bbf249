// A stop is served while a long native operation is under way.
//
// No clock: the stopper asks first, the worker waits until it sees the request (without serving it), says that it is
// inside, and calls the operation as C++ does, so that nothing but the operation itself can let the stopper in. Whether
// the stopper met the worker inside is what is checked.
#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>

#include "codegen/bundles/bundles.h"
#include "core/embedding.h"
#include "core/modules/native_support.h"
#include "core/ops.h"
#include "core/poll.h"

using namespace turnstile;

namespace {

struct Operation {
  const char* what;
  const char* function;   // an expression: what is called
  const char* arguments;  // a tuple
};

// Sizes at which each takes milliseconds.
constexpr const char* kSetUp = R"(
import math, random
random.seed(5)
numbers = [random.random() for i in range(300000)]
words = [str(i) for i in range(300000)]
mixed = [i if i % 2 else str(i) for i in range(300000)]
big = (1 << 2000000) - 1
odd = (1 << 40000) - 3
text = 'abcdefghij' * 300000
wide = text + '\u20ac'
table = {i: i for i in range(300000)}
full = {i: i for i in range(174762)}
members = set(range(300000))
pairs = [(i, i) for i in range(200000)]
row = tuple(range(300000))
letters = str.maketrans('abc', 'xyz')
octets = text.encode()
from collections import deque
ring = deque(row)
)";

constexpr Operation kOperations[] = {
    {"sorted numbers", "sorted", "(numbers,)"},
    {"sorted strings", "sorted", "(words,)"},
    {"int times int", "big.__mul__", "(big,)"},
    {"int divided", "(big * big).__floordiv__", "(big,)"},
    {"int modulo", "(big * big).__mod__", "(big,)"},
    {"int power", "(3).__pow__", "(500000,)"},
    {"modular power", "pow", "(3, odd, odd)"},
    {"shift", "big.__lshift__", "(40000000,)"},
    {"factorial", "math.factorial", "(60000,)"},
    {"square root", "math.isqrt", "(big * big,)"},
    {"greatest divisor", "math.gcd", "(big, odd)"},
    {"hexadecimal text to int", "int", "('f' * 3000000, 16)"},
    {"join", "''.join", "(words,)"},
    {"join of few long ones", "', '.join", "([text, text, text],)"},
    {"replace", "text.replace", "('j', 'yy')"},
    {"count", "text.count", "('jab',)"},
    {"find nothing", "text.find", "('zzz',)"},
    {"in a text", "text.__contains__", "('zzz',)"},
    {"split", "text.split", "('j',)"},
    {"repeat a text", "text.__mul__", "(20,)"},
    {"concatenate texts", "text.__add__", "(wide,)"},
    {"upper", "text.upper", "()"},
    {"upper of wide text", "wide.upper", "()"},
    {"encode", "wide.encode", "()"},
    {"decode", "wide.encode().decode", "()"},
    {"repeat a list", "[1, 2, 3].__mul__", "(2000000,)"},
    {"repeat one item", "[None].__mul__", "(4000000,)"},
    {"copy a list", "numbers.copy", "()"},
    {"concatenate lists", "numbers.__add__", "(words,)"},
    {"list to tuple", "tuple", "(numbers,)"},
    {"in a list", "mixed.__contains__", "(-1,)"},
    {"count in a list", "mixed.count", "(-1,)"},
    {"compare lists", "mixed.__eq__", "(list(mixed),)"},
    {"copy a dict", "table.copy", "()"},
    {"grow a dict", "full.setdefault", "(-1, -1)"},
    {"dict of pairs", "dict", "(pairs,)"},
    {"merge dicts", "{}.update", "(table,)"},
    {"copy a set", "members.copy", "()"},
    {"unite sets", "members.union", "({1.5, 2.5},)"},
    {"set of a list", "set", "(words,)"},
    {"sum", "sum", "(numbers,)"},
    {"largest", "max", "(words,)"},
    {"int to hexadecimal text", "hex", "(big << 8000000,)"},
    {"int to text by format", "format", "(big << 8000000, 'x')"},
    {"int to text by percent", "'%x'.__mod__", "(big << 8000000,)"},
    {"int to bytes", "(big << 8000000).to_bytes", "(1250000, 'big')"},
    {"bytes to int", "int.from_bytes", "(octets, 'big')"},
    {"repr of a text", "repr", "(wide,)"},
    {"translate", "text.translate", "(letters,)"},
    {"is it alphabetic", "text.isalpha", "()"},
    {"strip", "(' ' * 3000000).strip", "()"},
    {"pad", "text.center", "(9000000,)"},
    {"bytes to hexadecimal text", "octets.hex", "()"},
    {"hexadecimal text to bytes", "bytes.fromhex", "('0f' * 2000000,)"},
    {"hash of a tuple", "row.__hash__", "()"},
    {"compare tuples", "row.__eq__", "(tuple(list(row)),)"},
    {"count in a deque", "ring.count", "(-1,)"},
    {"copy a deque", "ring.copy", "()"},
    {"shuffle", "random.shuffle", "(list(row),)"},
    {"random bytes", "random.randbytes", "(4000000,)"},
};

}  // namespace

TEST_CASE("a stop is served while a long native operation is under way") {
  // Policies with a poll word, whose threads run beside the one that asks.
  for (const char* name : {"biased", "grwl"}) {
    INFO(name);
    std::unique_ptr<RuntimeCore> runtime = find_bundle(name)->make(RuntimeOptions{});
    // Collections would be stops of the worker's own making: none during the operations.
    runtime->gc_enabled.store(false);
    {
      MainScope scope(*runtime);
      REQUIRE(run_source(scope.mutator(), kSetUp));
    }
    for (const Operation& operation : kOperations) {
      INFO(operation.what);
      std::atomic<bool> ready{false};
      std::atomic<bool> inside{false};
      std::thread stopper;
      bool met = false;
      bool ok = false;
      std::string error;
      {
        MainScope scope(*runtime);
        Mutator& m = scope.mutator();
        ok = run_source(m, std::string("f = ") + operation.function + "\na = " + operation.arguments + "\n");
        Value f = main_global(m, "f");
        Value a = main_global(m, "a");
        REQUIRE(ok);
        REQUIRE(m.poll_word != nullptr);
        stopper = std::thread([&] {
          ThreadScope other(*runtime);
          while (!ready.load()) {  // the other is running, and polls no more
            allocator::save_context(other.mutator().saved);
            runtime->safepoint(other.mutator());
          }
          if (!runtime->stop_world(other.mutator())) return;
          met = inside.load();
          runtime->resume_world(other.mutator());
        });
        ready.store(true);
        while ((m.poll_word->load() & m.poll_mask) == 0) std::this_thread::yield();
        inside.store(true);
        ok = !call_spread(m, f, a.as<Tuple>(), Value()).is_empty();
        inside.store(false);
        error = take_error(m);
        poll(m);
      }
      stopper.join();
      CHECK(error == "");
      CHECK(ok);
      CHECK(met);
    }
  }
}
