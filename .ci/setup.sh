#!/usr/bin/env bash
# Installs what the tests need and this machine lacks: Debian's packages as root
# (or by sudo, where that asks no password), and the npm development tools of
# internal/e2e/foreign. Where it can't, it says what is missing and fails. It is
# quick, and changes nothing, where all is present. "setup.sh race" asks for what
# the race detector needs, too.
set -euo pipefail
cd "$(dirname "$0")/.."

race=${1:-}

main() {
  require_go
  install_packages
  install_tools
  go -C internal/e2e/tessera mod download # the outsider that reads our log; a module of its own
}

say() { printf 'setup: %s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

require_go() {
  has go || fail "Go is missing: install the version that go.mod names, or a later one"
}

# --- Debian's packages -------------------------------------------------------

install_packages() {
  local packages
  mapfile -t packages < <(missing_packages)
  [ "${#packages[@]}" -gt 0 ] || return 0
  local command="apt-get install -y --no-install-recommends ${packages[*]}"
  has apt-get || fail "missing on this machine (Debian's names): ${packages[*]}"
  may_install || fail "missing: ${packages[*]}. As root: apt-get update && $command"
  say "installing ${packages[*]}"
  keep_database_still
  as_root apt-get update -q
  # shellcheck disable=SC2086 # the command is a list of words
  as_root env DEBIAN_FRONTEND=noninteractive $command
  mapfile -t packages < <(missing_packages)
  [ "${#packages[@]}" -eq 0 ] || fail "still missing after the installation: ${packages[*]}"
}

# missing_packages prints, a line each, the packages whose programs aren't here.
missing_packages() {
  has chromium || has chromium-browser || has google-chrome || echo chromium
  has_postgres || echo postgresql
  has zbarimg || echo zbar-tools
  { has pdftoppm && has pdfinfo; } || echo poppler-utils
  has node || echo nodejs
  has npm || echo npm
  [ "$race" != race ] || has gcc || printf '%s\n' gcc libc6-dev
}

# has_postgres looks for the server's programs: on Debian they aren't in PATH. A
# server that RAMURE_TEST_POSTGRES names doesn't replace them: the tests that
# kill the server need their own.
has_postgres() {
  local folder
  for folder in /usr/lib/postgresql/*/bin; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then
      return 0
    fi
  done
  has initdb && has postgres
}

may_install() {
  [ "$(id -u)" -eq 0 ] || { has sudo && sudo -n true 2>/dev/null; }
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

# keep_database_still stops Debian's package from making and starting a database
# of its own on port 5432: the tests bring theirs.
keep_database_still() {
  has_postgres && return 0
  local folder=/etc/postgresql-common/createcluster.d
  as_root mkdir -p "$folder"
  echo "create_main_cluster = false" | as_root tee "$folder/ramure.conf" >/dev/null
}

# --- npm's development tools -------------------------------------------------

install_tools() {
  local folder=internal/e2e/foreign
  local stamp="$folder/node_modules/.installed"
  local wanted
  wanted=$(cat "$folder/package.json" "$folder/package-lock.json" | sha256sum)
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    return 0
  fi
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)' ||
    fail "Node.js $(node --version) is too old: the development tools need 18 or later"
  say "installing the development tools of $folder"
  npm ci --prefix "$folder" --loglevel=error >&2 ||
    fail "npm could not install the development tools of $folder (see above)"
  printf '%s\n' "$wanted" >"$stamp"
}

main
