#!/usr/bin/env bash
# From a fresh Debian 12 to the main job: installs what is missing, builds release, and runs threaded Python programs
# under every bundle at 1, 2 and 3 threads.
#
#   examples/quickstart.sh [REPETITIONS]     (default 5; the table shows medians)
set -euo pipefail
cd "$(dirname "$0")/.."
repetitions=${1:-5}
step() { printf '\n=== %s\n' "$*"; }

step "dependencies"
examples/install_dependencies.sh
step "configure"
cmake --preset release -DTURNSTILE_TESTS=OFF -DTURNSTILE_BENCHMARKS=OFF | tail -n 1
step "build"
cmake --build --preset release --target turnstile compare_policies -j "$(nproc)"
step "run"
exec build/release/bin/compare_policies --turnstile build/release/bin/turnstile --programs examples/programs \
  --repetitions "$repetitions"
