#!/usr/bin/env bash
# Installs what is missing, then builds and runs tests. Closes with ctest's own summary.
#
#   tests/run.sh              the release preset (g++): every policy × tier × program (what CI runs)
#   tests/run.sh tsan asan    the named presets: release, release-clang, debug, tsan, asan
set -euo pipefail
cd "$(dirname "$0")/.."
presets=("$@")
[ ${#presets[@]} -gt 0 ] || presets=(release)

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
  targets=()
  [ "$(set_of "$preset")" = full ] || targets=(--target unit_tests kit_tests policy_programs run_programs turnstile_llvm)
  cmake --build --preset "$preset" -j "$jobs" "${targets[@]}"
done

status=0
for preset in "${presets[@]}"; do
  step "test $preset"
  ctest --preset "$preset" -j "$jobs" --progress || status=$?
done
step "done"
exit "$status"
