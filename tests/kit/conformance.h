// The kit with doctest, in a line:
//
//   SYNC_CONFORMANCE(MyLock)                         template <class Platform> class MyLock, a WorldLock
//   SYNC_CONFORMANCE(MyLock, .writer_overtakes = 0, .nested_entries = false)     traits that it must have
//   SYNC_REFUTES(Broken<kit::ExplorerPlatform>, exclusion);     demands a violation of that property
//   SYNC_AXIS_CONFORMANCE(kit::ObjectProgram<MyLock<kit::RegionPlatform>>)        the other axes: axes/*.h
//   SYNC_MUTEX_CONFORMANCE(MyMutex); SYNC_MUTEX_REFUTES(Broken<kit::RawExplorerPlatform>, lost_wake);
//
// Each prints its verdicts: PROVED(bounds, model, executions), REFUTED(property, model) and a trace, or
// SAMPLED(executions, model, bound).
#pragma once

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/kit/axes/explore.h"
#include "tests/kit/mutex_kit.h"
#include "tests/kit/world/verify.h"

namespace turnstile::kit {

template <class Lock>
void check_world_conformance(const char* name, WorldOptions options = {}, const Traits& declared = {}) {
  if (!declared.models.empty()) options.models = declared.models;
  if (declared.seconds_each > 0) options.seconds_each = declared.seconds_each;
  const WorldVerdict verdict = verify_world<Lock>(options);
  std::printf("%s\n%s", name, verdict.text().c_str());
  CHECK(verdict.results.size() > 3);
  CHECK_MESSAGE(verdict.outcome != Outcome::refuted, name);
  CHECK(verdict.contradictions(declared) == "");
}

template <class Lock>
void check_world_refuted(const char* name, const char* property, const WorldOptions& base = {}) {
  WorldOptions options = base;
  options.wanted_property = property;
  // Briefly everywhere first: most are found at once, and a slow machine gets more time, not a failure.
  WorldVerdict verdict;
  for (options.seconds_each = 0.02; options.seconds_each < 60; options.seconds_each *= 8) {
    verdict = verify_world<Lock>(options);
    if (verdict.outcome != Outcome::sampled) break;
  }
  const Violation* const violation = verdict.violation();
  CAPTURE(std::string(name));
  REQUIRE_MESSAGE(violation != nullptr, "no violation of ", property, " found");
  CHECK(violation->property == property);
  CHECK_FALSE(violation->trace.empty());
  std::printf("%-40s %-18s %s, %s: %llu executions\n", name, property, verdict.results.back().scenario.c_str(),
              std::string(verdict.results.back().report.model).c_str(),
              static_cast<unsigned long long>(verdict.executions));
}

/// What the full tier gives a scenario and model; TURNSTILE_KIT_SECONDS of the environment, or a minute.
inline double full_seconds() {
  const char* const wanted = std::getenv("TURNSTILE_KIT_SECONDS");
  return wanted != nullptr ? std::atof(wanted) : 60;
}

template <class Mutex>
void check_mutex_conformance(const char* name) {
  for (const auto& [scenario, report] : verify_mutex<Mutex>()) {
    std::printf("%s, %s: %s\n", name, scenario.c_str(), report.text().c_str());
    CHECK(report.outcome == Outcome::proved);
  }
}

template <class Mutex>
void check_mutex_refuted(const char* name, const char* property) {
  const auto results = verify_mutex<Mutex>(20, {}, property);
  const Report& last = results.back().report;
  CAPTURE(std::string(name));
  REQUIRE(last.outcome == Outcome::refuted);
  CHECK(last.violation.property == property);
  std::printf("%-40s %-18s %s, %s\n", name, property, results.back().scenario.c_str(), std::string(last.model).c_str());
}

template <class Kit>
void check_axis_conformance(const char* name) {
  for (const auto& [scenario, report] : verify_axis<Kit>()) {
    std::printf("%s, %s: %s\n", name, scenario.c_str(), report.text().c_str());
    CHECK(report.outcome == Outcome::proved);
  }
}

template <class Kit>
void check_axis_refuted(const char* name, const char* property) {
  std::vector<AxisResult> results;
  for (double seconds = 0.02; seconds < 60; seconds *= 8) {  // as above
    results = verify_axis<Kit>(seconds, property);
    if (results.back().report.outcome == Outcome::refuted) break;
  }
  const Report& last = results.back().report;
  CAPTURE(std::string(name));
  REQUIRE(last.outcome == Outcome::refuted);
  CHECK(last.violation.property == property);
  std::printf("%-40s %-18s %s, %s\n", name, property, results.back().scenario.c_str(), std::string(last.model).c_str());
}

}  // namespace turnstile::kit

#define SYNC_CONFORMANCE(Lock, ...)                                                      \
  TEST_CASE("conformance: " #Lock) {                                                     \
    ::turnstile::kit::check_world_conformance<Lock<::turnstile::kit::ExplorerPlatform>>( \
        #Lock, {}, ::turnstile::kit::Traits{__VA_ARGS__});                               \
  }
#define SYNC_REFUTES(Mutant, violated) \
  TEST_CASE("refuted: " #Mutant) { ::turnstile::kit::check_world_refuted<Mutant>(#Mutant, #violated); }
#define SYNC_MUTEX_CONFORMANCE(Mutex)                                                                \
  TEST_CASE("conformance: " #Mutex) {                                                                \
    ::turnstile::kit::check_mutex_conformance<Mutex<::turnstile::kit::RawExplorerPlatform>>(#Mutex); \
  }
#define SYNC_MUTEX_REFUTES(Mutant, violated) \
  TEST_CASE("refuted: " #Mutant) { ::turnstile::kit::check_mutex_refuted<Mutant>(#Mutant, #violated); }
#define SYNC_AXIS_CONFORMANCE(Kit) \
  TEST_CASE("conformance: " #Kit) { ::turnstile::kit::check_axis_conformance<Kit>(#Kit); }
#define SYNC_AXIS_REFUTES(Mutant, violated) \
  TEST_CASE("refuted: " #Mutant) { ::turnstile::kit::check_axis_refuted<Mutant>(#Mutant, #violated); }
