#!/usr/bin/env bash
# test-project.sh PROJECT ROOT [RUNNER_OPTION...]: runs one built test program, prints a line about it (and its failures),
# and leaves "passed failed skipped crashed" in artifacts/test-results.
set -uo pipefail
project=$1
root=$2
shift 2
results=$root/artifacts/test-results
log=$root/artifacts/logs/test-$project.log
started=$SECONDS

dotnet "$root/tests/$project/bin/Release/net10.0/$project.dll" --no-ansi --no-progress \
  --results-directory "$results" --report-xunit --report-xunit-filename "$project.xml" "$@" > "$log" 2>&1 < /dev/null
exit_code=$?

count() { sed -n "s/^  $1: \([0-9][0-9]*\)\$/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)

# The runner's exit codes: 0 all passed, 2 some failed, 8 there were none to run. Anything else is a program that did not get through.
crashed=0
case $exit_code in 0 | 2 | 8) ;; *) crashed=1 ;; esac
[ -n "$passed" ] || crashed=1
printf '%d %d %d %d\n' "${passed:-0}" "${failed:-0}" "${skipped:-0}" "$crashed" > "$results/$project.counts"

# From where .NET says so, else the end.
why_crashed() {
  local start
  start=$(grep -n -m 1 -E '^(Process terminated|Unhandled exception|Fatal error)' "$log" | cut -d : -f 1)
  { if [ -n "$start" ]; then sed -n "$start,$((start + 9))p" "$log"; else tail -n 15 "$log"; fi } | cut -c 1-200
}

line=$(printf '%-32s %5d passed %4d failed %4d skipped %5d s' "$project" "${passed:-0}" "${failed:-0}" "${skipped:-0}" "$((SECONDS - started))")
if [ "$crashed" -ne 0 ]; then
  printf '%s\n%s ended with exit code %d:\n%s\nThe whole log is %s\n' "$line" "$project" "$exit_code" "$(why_crashed)" "$log"
elif [ "${failed:-0}" -ne 0 ]; then
  printf '%s\n%s\n' "$line" "$(sed -n '/^failed /,/^Test run summary/p' "$log" | sed '/^Test run summary/d; /In process file artifacts/,$d')"
elif [ $((${passed:-0} + ${skipped:-0})) -ne 0 ]; then
  printf '%s\n' "$line"
fi
