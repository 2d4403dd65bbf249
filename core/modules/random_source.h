// Random objects: the generator behind them, and drawing from it or from what a subclass puts in its place.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <span>

#include "core/modules/mersenne_twister.h"
#include "core/objects/function.h"
#include "core/objects/type.h"

namespace turnstile {

/// The payload of Random and SystemRandom. The mutex is a leaf: held for the words of one draw.
struct RandomCore {
  std::mutex mutex;
  MersenneTwister twister;  // guarded by mutex
  bool has_gauss = false;   // gauss() draws two numbers at once: the other one; guarded by mutex
  double gauss = 0;
  bool system = false;  // constant: draws from the system's generator
};

/// Draws as the methods of a Random object do: from its generator, unless a subclass overrides random() or
/// getrandbits(). Every draw is atomic; draws that belong together are not.
class RandomSource {
 public:
  RandomSource(Mutator& m, Value self);

  /// [0, 1). False with an exception (an override's).
  bool random(double* out);
  /// [0, n), n > 0. False with an exception.
  bool below(std::uint64_t n, std::uint64_t* out);
  /// The same for an int of any size.
  Value below(Value n);
  RandomCore& core() { return core_; }
  Mutator& mutator() { return m_; }

 private:
  Value below_by_random(Value n);
  Value below_by_bits(Value n);

  Mutator& m_;
  Value self_;
  RandomCore& core_;
  Value own_random_;  // overrides, bound; empty: none
  Value own_bits_;
};

/// k random bits, k >= 0, as an int. May collect.
Value random_bits(Mutator& m, RandomCore& core, std::uint64_t k);
/// Fills words as successive 32-bit draws do, in one atomic draw.
void draw_words(RandomCore& core, std::span<std::uint32_t> words);
double draw_double(RandomCore& core);

/// seed(a, version): false with an exception. `a` empty: from the system's generator.
bool seed_random(Mutator& m, RandomCore& core, Value a, std::int64_t version);

// The methods, by the file that implements them; args[0] is the Random object.
Value random_random(Mutator& m, const CallArgs& args);  // random_source.cpp
Value random_getrandbits(Mutator& m, const CallArgs& args);
std::span<const NativeDef> random_sequence_methods();      // random_sequences.cpp: randrange, choice, sample ...
std::span<const NativeDef> random_distribution_methods();  // random_distributions.cpp: uniform, gauss ...

}  // namespace turnstile
