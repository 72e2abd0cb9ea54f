#!/usr/bin/env bash
# The study of rejection-sampling fine-tuning: arms x noise x seeds on three sets, in the order in which they are most worth having, then the tables and plots of README.md.
# usage: DRAGOMAN_DATA=... reproductions/rejection-sampling/run.sh [OUT]     OUT keeps everything; what is there is not made again and an interrupted training goes on.
#        DRAGOMAN names the program, THREADS and JOBS how many threads a job has and how many jobs run at once. 'touch OUT/stop' ends it after the jobs in hand.
set -euo pipefail
cd "$(dirname "$0")/../.."
export ROOT=$PWD SCRIPTS=$PWD/reproductions/rejection-sampling
export OUT=$(realpath -m "${1:-out/rejection-sampling}")
export DRAGOMAN=${DRAGOMAN:-$ROOT/dragoman} THREADS=${THREADS:-1}
mkdir -p "$OUT"
rm -f "$OUT/stop"

# Data, and candidates of a first stage: the shipped static encoder.
[ -e "$OUT/sets/wikidata/topics.tsv" ] || dotnet run --file "$SCRIPTS/cut.cs" -- "$DRAGOMAN_DATA" "$OUT/sets" >&2
for set in pages xquad wikidata; do
  [ -e "$OUT/index/$set/.complete" ] || $DRAGOMAN index --collection "$OUT/sets/$set" --model models/dragoman-static --output "$OUT/index/$set" >> "$OUT/log" 2>&1
  [ -s "$OUT/$set.first.run" ] || $DRAGOMAN retrieve --index "$OUT/index/$set" --queries "$OUT/sets/$set/queries.jsonl" --method dense --depth 100 --output "$OUT/$set.first.run" 2>> "$OUT/log"
  cut -f1 "$OUT/sets/$set/qrels/test.tsv" | sort -u > "$OUT/$set.test.ids"
  awk 'NR == FNR { wanted[$1]; next } match($0, /"_id": ?"[^"]*"/) { id = substr($0, RSTART + 6, RLENGTH - 6); gsub(/[" ]/, "", id); if (id in wanted) print }' "$OUT/$set.test.ids" "$OUT/sets/$set/queries.jsonl" > "$OUT/$set.test.jsonl"
done

# The jobs, the most useful first; all arms of a level and seed together, so that a cut leaves complete comparisons.
"$SCRIPTS/jobs.sh" > "$OUT/jobs"

# The model as it begins, without any learning.
for set in pages xquad wikidata; do "$SCRIPTS/job.sh" "$set" mismatched-0 start 1; done

xargs -P "${JOBS:-2}" -L 1 bash -c '[ -e "$OUT/stop" ] || "$SCRIPTS/job.sh" "$@" || echo "failed: $*" >> "$OUT/log"' job < "$OUT/jobs"
"$SCRIPTS/tables.sh"
