#!/usr/bin/env bash
# Installs the Debian packages that Turnstile is built from, where they are missing. Needs root or sudo only then.
#   --tests: also what the tests need (clang 19 with its sanitizers)
set -euo pipefail
packages=(build-essential cmake ninja-build pkg-config llvm-19-dev libabsl-dev libcli11-dev libgmp-dev libbenchmark-dev
          libzstd-dev zlib1g-dev)
if [ "${1:-}" = --tests ]; then
  packages+=(doctest-dev libboost-context-dev libck-dev clang-19 libclang-rt-19-dev clang-format-19)
fi
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0
root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || { echo "install_dependencies.sh: not root and no sudo; install: ${missing[*]}" >&2; exit 1; }
  root=(sudo)
fi
echo "installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${root[@]}" apt-get update -qq
"${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
echo "installed"
