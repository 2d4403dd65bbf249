// A fault to inject into the code under exploration: at one place in its sources, an order is weakened or an operation
// dropped. Places are found by running the code: each operation says where it was called.
#pragma once

#include <cstdint>
#include <set>
#include <source_location>
#include <string>
#include <tuple>

namespace turnstile::kit {

enum class Fault : std::uint8_t { none, weaken, drop };  // weaken: the order by one step; drop: a fence, an unpark
enum class Place : std::uint8_t { load, store, update, fence, light, heavy, unpark };

struct Site {
  std::string file;
  unsigned line = 0, column = 0;
  Place place = Place::load;
  int order = 0;
  auto key() const { return std::tie(file, line, column, place); }
  bool operator<(const Site& other) const { return key() < other.key(); }
};

struct Mutation {
  Fault fault = Fault::none;
  Site site;
  std::set<Site>* collect = nullptr;  // where places are noted, not null while they are looked for
  bool active() const { return fault != Fault::none || collect != nullptr; }
  bool hits(const std::source_location& at, Place place) const {
    return fault != Fault::none && at.line() == site.line && at.column() == site.column && place == site.place &&
           site.file == at.file_name();
  }
};

}  // namespace turnstile::kit
