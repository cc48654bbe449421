#!/usr/bin/env bash
# Runs every check and test, part by part, each part's output also into out/test/. Without its tools or a program there
# is nothing to test, so those two end it; a failure in another part lets the rest be seen. Closes with the slowest
# parts and how many tests passed; a part that fails without any test of its own having failed counts as one.
set -uo pipefail
cd "$(dirname "$0")/.."
mkdir -p out/test
rm -f out/test/*.log

times=() broken=() passed=0 failed=0 skipped=0

# count WORD FILE adds up what the closing lines of our runners say: `go: 3 passed, 1 failed, 0 skipped`, `ℹ pass 3`.
count() {
  awk -v word="$1" '$1 == "go:" { for (i = 3; i <= NF; i++) if (index($i, word) == 1) n += $(i - 1) }
    ($1 == "ℹ" || $1 == "#") && NF == 3 && index($2, word) == 1 { n += $3 } END { print n + 0 }' "$2"
}

close() {
  echo
  echo 'slowest parts:'
  printf '%s\n' "${times[@]}" | sort -rn | head -5 | while read -r s name; do printf '  %2d:%02d  %s\n' $((s / 60)) $((s % 60)) "$name"; done
  printf '  %2d:%02d  in all\n' $((SECONDS / 60)) $((SECONDS % 60))
  ((${#broken[@]})) && echo "failed parts: ${broken[*]}"
  echo "$passed passed, $failed failed, $skipped skipped"
  exit $((${#broken[@]} > 0))
}

# part NAME runs `make NAME`.
part() {
  local name=$1 start=$SECONDS log=out/test/$1.log code=0 bad
  echo "── $name"
  make "$name" 2>&1 | tee "$log" || code=1
  times+=("$((SECONDS - start)) $name")
  bad=$(count fail "$log")
  ((code && bad == 0)) && bad=1
  ((code)) && broken+=("$name")
  passed=$((passed + $(count pass "$log"))) failed=$((failed + bad)) skipped=$((skipped + $(count skip "$log")))
  return $code
}

part deps || close
part build || close
for name in lint go-test race peers browser; do part "$name"; done
close
