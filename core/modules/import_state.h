// Which modules are being loaded, and by whom.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

namespace turnstile {

struct Mutator;

struct ImportState {
  ImportState();
  ~ImportState();
  std::mutex mutex;  // short; waits happen on `changed`, in a blocking region
  std::condition_variable changed;
  std::map<std::string, const Mutator*> loading;  // guarded by mutex
  std::map<const Mutator*, std::string> waiting;  // guarded by mutex: what a blocked thread waits for
};

}  // namespace turnstile
