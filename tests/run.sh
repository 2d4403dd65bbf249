#!/usr/bin/env bash
# Installs what is missing, then builds and runs tests. Closes with ctest's own summary.
#
#   tests/run.sh              what CI runs: release (g++; every policy × tier × program), then with clang tsan (units and
#                             threaded programs of the parallel policies) and asan (units and all programs)
#   tests/run.sh release      the named presets: release, release-clang, debug, tsan, asan
set -euo pipefail
cd "$(dirname "$0")/.."
presets=("$@")
[ ${#presets[@]} -gt 0 ] || presets=(release tsan asan)

examples/install_dependencies.sh --tests

jobs=$(nproc)
step() { printf '\n=== %s (%s s since the start)\n' "$*" "$SECONDS"; }

set_of() {
  case "$1" in
    tsan) echo threads ;;
    asan) echo sanitizer ;;
    *) echo full ;;
  esac
}

for preset in "${presets[@]}"; do
  step "configure $preset"
  cmake --preset "$preset" -DTURNSTILE_PROGRAM_SET="$(set_of "$preset")" | tail -n 3
  step "build $preset"
  cmake --build --preset "$preset" -j "$jobs"
done

status=0
for preset in "${presets[@]}"; do
  step "test $preset"
  ctest --preset "$preset" -j "$jobs" --progress || status=$?
done
step "done"
exit "$status"
