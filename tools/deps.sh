#!/usr/bin/env bash
# Installs what the tests need and is not there yet: Debian packages (as root or by sudo), npm packages from the lock
# file (running none of their scripts), Go modules. Says plainly what it cannot do. Runs in a second when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

die() { echo "deps: $*" >&2; exit 1; }

command -v go >/dev/null || die 'Go is missing; install the version that go.mod names'
command -v node >/dev/null || die 'Node.js is missing; install version 20 or newer'
command -v npm >/dev/null || die 'npm is missing; install it beside Node.js'
(($(node -p 'process.versions.node.split(".")[0]') >= 20)) || die "Node.js $(node --version) is too old; install version 20 or newer"

missing=()
[[ -x /usr/bin/chromium ]] || missing+=(chromium chromium-sandbox fonts-dejavu-core)
[[ -x /usr/bin/firefox-esr ]] || missing+=(firefox-esr)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
command -v gcc >/dev/null || missing+=(gcc libc6-dev) # for the race detector; nothing we ship needs C
if ((${#missing[@]})); then
  command -v apt-get >/dev/null || die "install by hand, for there is no apt-get here: ${missing[*]}"
  as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die "ask an administrator to run: apt-get install ${missing[*]}"
    as_root=(sudo)
    [[ -t 0 ]] || as_root=(sudo -n) # nobody is there to type a password
  fi
  echo "deps: installing ${missing[*]}"
  log=$(mktemp)
  for step in 'update' "install -y --no-install-recommends ${missing[*]}"; do
    # shellcheck disable=SC2086 # the step is meant to split
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q $step >"$log" 2>&1 </dev/null || { tail -20 "$log" >&2; die "apt-get $step failed"; }
  done
  rm -f "$log"
fi

make node_modules/.package-lock.json law/peers/node_modules/.package-lock.json
go mod download
go -C law/peers mod download
echo 'deps: all there'
