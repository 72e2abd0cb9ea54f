# shellcheck shell=bash
# What the launcher shows: short lines on stderr, logs in artifacts/logs, the end of a log when its step fails.

artifacts=${dragoman_root:?}/artifacts
logs=$artifacts/logs

say() { printf 'dragoman: %s\n' "$*" >&2; }

# die EXIT_CODE MESSAGE...
die() {
  local code=$1
  shift
  printf 'dragoman: %s\n' "$@" >&2
  exit "$code"
}

# step LOG_NAME DESCRIPTION COMMAND...: runs the command with its output in a log, and shows how long it took.
# The build lock (descriptor 9) is closed for it, so that no compiler server left behind keeps the lock.
step() {
  local log=$logs/$1.log description=$2 started=$SECONDS
  shift 2
  mkdir -p "$logs"
  printf 'dragoman: %s ... ' "$description" >&2
  if "$@" > "$log" 2>&1 < /dev/null 9>&-; then
    printf '%d s\n' "$((SECONDS - started))" >&2
    return 0
  fi
  printf 'failed after %d s\n' "$((SECONDS - started))" >&2
  show_failure "$log"
  return 1
}

# Compiler errors once each where there are any, else the last lines.
show_failure() {
  local errors
  errors=$(grep -E '(: | )error( [A-Z]+[0-9]+)?:' "$1" |
    sed "s|$dragoman_root/||g; s/^ *//; s/^[0-9]*>//; s/ \\[[^]]*\\]\$//; s/ (https:[^)]*)\$//" | sort -u | head -n 20) || true
  if [ -n "$errors" ]; then printf '%s\n' "$errors" >&2; else tail -n 20 "$1" >&2; fi
  printf 'dragoman: the whole log is %s\n' "$1" >&2
}
