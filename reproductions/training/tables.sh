#!/usr/bin/env bash
# What the runs of run.sh came to: measures of every recipe over its seeds, and tests of each pair of recipes that the README compares.
# usage: tables.sh       with OUT and DRAGOMAN as in run.sh
set -euo pipefail
dragoman=${DRAGOMAN:-./dragoman}
mkdir -p "$OUT/results"

# runs SET RECIPE: NAME=RUN,RUN,RUN of the seeds there are; nothing where there is none.
runs() {
  local found
  found=$(find "$OUT/runs/$1" -name "$2-*.run" 2> /dev/null | sort | paste -sd,)
  [ -z "$found" ] || echo "$2=$found"
}

for set in ${SETS:-wikidata pages xquad}; do
  for pair in "bi-source bi-mined" "cross-source cross-mined"; do
    read -r source ours <<< "$pair"
    baseline=$(runs "$set" "$source") run=$(runs "$set" "$ours") table=$OUT/results/$set.${ours%%-*}.txt
    [ -n "$baseline" ] && [ -n "$run" ] || continue
    echo "== $set: $source against $ours"
    $dragoman compare --qrels "$OUT/$set/qrels/test.tsv" --baseline "$baseline" --run "$run" --run "psq=$OUT/$set.test.run" --measures "nDCG@10 RR@10 R@20" --complete 2>> "$OUT/log" | tee "$table"
  done
done
