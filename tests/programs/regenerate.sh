#!/bin/sh
# Rewrites the expected outputs by running python3 (3.11) on every program here, or on the programs named as
# arguments. Programs marked `# turnstile: memory` are left alone: their outputs are written by hand.
cd "$(dirname "$0")" || exit 1
here=$(pwd -P)
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "needs python 3.11" >&2; exit 1; }
errors=$(mktemp)
trap 'rm -f "$errors"' EXIT
status=0

# CPython's `threading` is written in Python and shows in tracebacks of threads: drop its frames. Paths become relative.
clean_stderr() {
  sed -e "s|$here/||g" "$1" | awk '
    /^  File ".*\/threading\.py", line / { skip = 1; next }
    skip && /^    / { next }
    { skip = 0; print }'
}

[ $# -gt 0 ] || set -- *.py
for program in "$@"; do
  name=${program%.py}
  if head -n 5 "$program" | grep -q '^# turnstile:.*memory'; then continue; fi
  PYTHONDONTWRITEBYTECODE=1 "$python" "$program" >"$name.out" 2>"$errors" </dev/null
  code=$?
  case $name in
    tb_*)
      clean_stderr "$errors" >"$name.err"
      echo "$code" >"$name.code" ;;
    *)
      if [ "$code" -ne 0 ]; then
        echo "$program: exit code $code" >&2
        cat "$errors" >&2
        status=1
      fi ;;
  esac
done
exit $status
