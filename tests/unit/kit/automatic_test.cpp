// The automatic mutants of the shipped locks: who survives is in the table of tests/kit/README.md, with the reason.
#include "tests/kit/automatic.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <set>

#include "policies/object_lock/owner_biased.h"
#include "policies/object_lock/per_object.h"
#include "policies/world_lock/from_shared_mutex.h"
#include "policies/world_lock/gil.h"
#include "policies/world_lock/none.h"
#include "policies/world_lock/reader_biased.h"
#include "policies/world_lock/tickets.h"
#include "policies/world_lock/writer_preferred.h"
#include "tests/kit/axes/biased_object_lock.h"
#include "tests/kit/mutex_kit.h"
#include "tests/kit/shared_mutex_kit.h"

namespace turnstile::kit {
namespace {

const std::string kWorldLocks = "policies/world_lock/", kObjectLocks = "policies/object_lock/";

/// "file | source line | fault" of the rows "| lock | file | source line | fault | reason |" of a lock.
std::set<std::string> explained(const std::string& lock) {
  std::ifstream readme(TURNSTILE_SOURCE_DIR "/tests/kit/README.md");
  std::set<std::string> rows;
  const std::string begin = "| " + lock + " | ";
  for (std::string line; std::getline(readme, line);) {
    if (line.rfind(begin, 0) != 0 || line.find(".h | `") == std::string::npos) continue;
    const std::size_t reason = line.rfind(" | ", line.size() - 3);
    rows.insert(line.substr(begin.size(), reason - begin.size()));
    CHECK_MESSAGE(line.size() - reason > 40, "no reason is given: ", line);
  }
  return rows;
}

/// The faults of all sources so far, and whether some lock that is made of the source is refuted by it.
std::map<std::string, bool>& faults() {
  static std::map<std::string, bool> faults;
  return faults;
}

void check_survivors(const char* name, const std::vector<Mutant>& mutants) {
  std::set<std::string> survivors;
  for (const Mutant& mutant : mutants) {
    if (mutant.killed_by.empty()) survivors.insert(mutant.row);
    faults()[mutant.what] |= !mutant.killed_by.empty();
    std::printf("%s: %-60s %s\n", name, mutant.what.c_str(),
                mutant.killed_by.empty() ? "SURVIVED" : mutant.killed_by.c_str());
  }
  std::size_t killed = 0;
  for (const Mutant& mutant : mutants) killed += mutant.killed_by.empty() ? 0 : 1;
  std::printf("%s: %zu of %zu automatic mutants killed\n", name, killed, mutants.size());
  for (const std::string& row : survivors) std::printf("| %s | %s | |\n", name, row.c_str());
  CHECK(mutants.size() >= 2);
  const std::set<std::string> reasons = explained(name);
  for (const std::string& row : survivors) CHECK_MESSAGE(reasons.contains(row), "survives without a reason: ", row);
  for (const std::string& row : reasons) CHECK_MESSAGE(survivors.contains(row), "does not survive: ", row);
}

template <class Lock>
void check_world_survivors(const char* name) {
  check_survivors(name, automatic_world_mutants<Lock>(kWorldLocks, 60'000, TURNSTILE_SOURCE_DIR));
}
template <class Kit>
void check_object_survivors(const char* name) {
  check_survivors(name, automatic_axis_mutants<Kit>(kObjectLocks, 60'000, TURNSTILE_SOURCE_DIR));
}

TEST_CASE("the table of survivors names lines that exist") {
  std::size_t rows = 0;
  for (const char* lock :
       {"ReaderBiased", "WriterPreferred", "Gil", "None", "FromSharedMutex", "Tickets", "PerObject", "OwnerBiased"}) {
    for (const std::string& row : explained(lock)) {
      ++rows;
      const std::string code = row.substr(row.find('`') + 1, row.rfind('`') - row.find('`') - 1);
      bool found = false;
      for (const std::string& folder : {kWorldLocks, kObjectLocks}) {
        std::ifstream file(TURNSTILE_SOURCE_DIR "/" + folder + row.substr(0, row.find(' ')));
        for (std::string line; std::getline(file, line);) found |= line.find(code) != std::string::npos;
      }
      CHECK_MESSAGE(found, "no such line: ", row);
    }
  }
  CHECK(rows > 3);
}

TEST_SUITE("full" * doctest::skip()) {
  TEST_CASE("automatic mutants of Tickets") {
    using Mutex = world_lock::Tickets<RawExplorerPlatform>;
    const ExploreMutant explore = [](const Mutation& mutation) {
      return verify_mutex<Mutex>(60, mutation).back().report.violation.property;
    };
    check_survivors("Tickets", automatic_mutants(explore, kWorldLocks, TURNSTILE_SOURCE_DIR));
  }
  TEST_CASE("automatic mutants of the shipped locks") {
    using namespace world_lock;
    check_world_survivors<ReaderBiased<ExplorerPlatform>>("ReaderBiased");
    check_world_survivors<WriterPreferred<ExplorerPlatform>>("WriterPreferred");
    check_world_survivors<Gil<ExplorerPlatform>>("Gil");
    check_world_survivors<None<ExplorerPlatform>>("None");
    check_world_survivors<FromSharedMutex<TextbookRwLock, ExplorerPlatform>>("FromSharedMutex");
  }
  TEST_CASE("automatic mutants of PerObject") {
    check_object_survivors<ObjectProgram<object_lock::BasicPerObject<RegionPlatform, 1>>>("PerObject");
  }
  TEST_CASE("automatic mutants of OwnerBiased") {
    constexpr int kWear = 2;
    using Lock = object_lock::BasicOwnerBiased<RegionPlatform, 3, 1, kWear>;
    check_object_survivors<BiasedObjectProgram<Lock, kWear, true>>("OwnerBiased");
    std::size_t killed = 0;
    for (const auto& [row, dead] : faults()) killed += dead ? 1 : 0;
    std::printf("%zu of %zu faults of the sources refute some lock that is made of them\n", killed, faults().size());
  }
}

}  // namespace
}  // namespace turnstile::kit
