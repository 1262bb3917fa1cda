#!/usr/bin/env bash
# Every check, from the quickest to the slowest; the first that fails ends it.
# Arguments are flags for go (build tags).
set -euo pipefail
cd "$(dirname "$0")/.."

# armed are the flags for the program with failpoints, which is another one.
main() {
  local armed=("${@/nomsgpack/nomsgpack,failpoint}")
  step "format" formatted
  step "vet" go vet "$@" ./...
  step "vet, with failpoints" go vet "${armed[@]}" ./internal/failpoint ./internal/store ./internal/award ./internal/app
  step "vet of the outsider" go -C "$outsider" vet ./...
  step "lint" go tool staticcheck "$@" ./...
  step "lint, with failpoints" go tool staticcheck "${armed[@]}" ./internal/failpoint ./internal/store
  step "failpoints themselves" go test "${armed[@]}" ./internal/failpoint
  step "lint of the outsider" lint_outsider
  step "module files" go mod tidy -diff
  step "module files of the outsider" go -C "$outsider" mod tidy -diff
  step "generated files" generated "$@"
  step "foreign judge" npm test --prefix internal/e2e/foreign --silent
  step "200 kills on each database, every failpoint, clocks, slow clients, two instances, attack corpora" \
    figures RAMURE_KILLS=200 RAMURE_TEST_EXHAUSTIVE=1 go test "$@" -count=1 -timeout 60m -v \
    -run '^Test(Killed|Failpoints|ProgramThatShips|ClockJumps|SlowClients|TwoInstances|Corpora)' ./internal/e2e
  step "every corpus to its end" exhaustive "$@"
  step "tests, race detector" env CGO_ENABLED=1 go test "$@" -race -timeout 60m ./...
}

# The client of other people that reads our log: a module of its own.
outsider=internal/e2e/tessera

lint_outsider() {
  local staticcheck
  staticcheck=$(go tool -n staticcheck)
  (cd "$outsider" && "$staticcheck" ./...)
}

# figures runs a command with settings, and shows what its tests measured and
# counted, without the rest of what they say.
figures() {
  env "$@" | grep -E '^ *(--- |ok|FAIL|panic|\|)|_test\.go:[0-9]+: '
}

# exhaustive runs the tests that try a sample unless they are told to try all.
exhaustive() {
  local packages
  mapfile -t packages < <(grep -rl --include='*_test.go' RAMURE_TEST_EXHAUSTIVE cmd internal | xargs -n 1 dirname | sort -u | sed 's|^|./|')
  RAMURE_TEST_EXHAUSTIVE=1 go test "$@" -count=1 -timeout 120m "${packages[@]}"
}

step() {
  printf '== %s\n' "$1"
  shift
  "$@"
}

# formatted fails with the names of the files that gofmt would change.
formatted() {
  local files
  files=$(find cmd internal schemas web migrations -name node_modules -prune -o -name '*.go' -print0 |
    xargs -0 -r gofmt -l)
  [ -z "$files" ] || {
    printf 'gofmt would change:\n%s\n' "$files" >&2
    return 1
  }
}

# generated makes the generated files again and compares: what is committed must
# be what the code says. The committed files are put back if they differ.
generated() {
  local kept
  kept=$(mktemp -d)
  cp -a schemas/openapi "$kept/"
  go generate "$@" ./...
  if diff -ru "$kept/openapi" schemas/openapi; then
    rm -rf "$kept"
    return 0
  fi
  rm -rf schemas/openapi
  mv "$kept/openapi" schemas/openapi
  rm -rf "$kept"
  echo "generated files are not as committed: run make generate" >&2
  return 1
}

main "$@"
