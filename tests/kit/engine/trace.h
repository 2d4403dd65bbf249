// A violating execution as text: one column per thread, one line per event, in an order that has happened.
#pragma once

#include <string>

#include "tests/kit/engine/engine.h"

namespace turnstile::kit {

class TraceBuilder {
 public:
  explicit TraceBuilder(Engine& engine) : engine_(engine) {}
  void build(Violation& violation);

 private:
  std::string place_of(int location) const;
  std::string describe(Stamp s) const;
  std::string recording() const;
  std::string access_after(int thread, int events, std::size_t width) const;
  std::string missing_edge(std::size_t width) const;

  Engine& engine_;
};

}  // namespace turnstile::kit
