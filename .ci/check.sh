#!/usr/bin/env bash
# Every check, from the quickest to the slowest; the first that fails ends it.
# Arguments are flags for go (build tags).
set -euo pipefail
cd "$(dirname "$0")/.."

main() {
  step "format" formatted
  step "vet" go vet "$@" ./...
  step "lint" go tool staticcheck "$@" ./...
  step "module files" go mod tidy -diff
  step "generated files" generated "$@"
  step "foreign judge" npm test --prefix internal/e2e/foreign --silent
  step "200 kills on each database" env RAMURE_KILLS=200 go test "$@" -count=1 -timeout 30m -run '^TestKilled' -v ./internal/e2e
  step "every single-byte change" env RAMURE_TEST_EXHAUSTIVE=1 go test "$@" -count=1 -timeout 30m ./internal/credential/vcjwt
  step "tests, race detector" env CGO_ENABLED=1 go test "$@" -race -timeout 40m ./...
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
