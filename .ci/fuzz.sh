#!/usr/bin/env bash
# Runs every fuzz target in turn: fuzz.sh TIME PATTERN [flags for go].
# TIME is a duration (30s) or a count of inputs (1000000x); PATTERN is a regular
# expression over the names of the targets. Go fuzzes one target at a time, so
# the targets are found by reading the tests.
set -euo pipefail
cd "$(dirname "$0")/.."

main() {
  local time=$1 pattern=$2 file name found=0
  shift 2
  while IFS=: read -r file name; do
    [[ $name =~ $pattern ]] || continue
    found=$((found + 1))
    try "$name" "$(dirname "$file")" "$time" "$@"
  done < <(targets)
  [ "$found" -gt 0 ] || {
    printf 'no fuzz target matches %s\n' "$pattern" >&2
    exit 1
  }
  printf '%s fuzz targets, no failure\n' "$found"
}

# try runs one target and prints a line: its name, how many inputs it was given and
# in what time, and where it is. All that it said is printed when it failed.
try() {
  local name=$1 folder=$2 time=$3 said count began=$SECONDS
  shift 3
  said=$(go test "$@" -run '^$' -fuzz "^$name\$" -fuzztime "$time" -fuzzminimizetime 10x -timeout 0 "./$folder" 2>&1 </dev/null) || {
    printf '%s\n%s in %s failed\n' "$said" "$name" "$folder" >&2
    exit 1
  }
  # A count that is smaller than the corpus ends while that is gone through.
  count=$(sed -nE 's/.*(execs|baseline coverage): ([0-9]+)[ /].*/\2/p' <<<"$said" | tail -n 1)
  printf '%-36s %10s inputs in %5s s  %s\n' "$name" "${count:-0}" "$((SECONDS - began))" "$folder"
}

# targets prints file:FuzzName for each fuzz target, in order.
targets() {
  find cmd internal -name node_modules -prune -o -name '*_test.go' -print | sort | while read -r file; do
    sed -nE "s|^func (Fuzz[A-Za-z0-9_]+)\(.*|$file:\1|p" "$file"
  done
}

main "$@"
