#!/usr/bin/env bash
# What the runs of run.sh came to, as Markdown: measures of every recipe over its seeds with tests against the source's recipe, signs of collapse on dev, and seconds of training.
# usage: tables.sh       with OUT and DRAGOMAN as in run.sh; recipes and seeds that are not there yet are left out
set -euo pipefail
dragoman=${DRAGOMAN:-./dragoman}
mkdir -p "$OUT/results"

# runs SET RECIPE: NAME=RUN,RUN,RUN of the seeds there are; nothing where there is none.
runs() {
  local found
  found=$(find "$OUT/runs/$1" \( -name "$2-[0-9]*.run" -o -name "$2.run" \) 2> /dev/null | sort | paste -sd,)
  [ -z "$found" ] || echo "$2=$found"
}

for set in ${SETS:-wikidata pages xquad}; do
  for kind in bi cross; do
    baseline=$(runs "$set" $kind-source) systems=()
    for recipe in $kind-mined $kind-start $kind-static; do
      run=$(runs "$set" $recipe)
      [ -z "$run" ] || systems+=(--run "$run")
    done
    [ -n "$baseline" ] || continue
    $dragoman compare --qrels "$OUT/$set/qrels/test.tsv" --baseline "$baseline" "${systems[@]}" --run "first=$OUT/$set.test.run" --measures "nDCG@10 RR@10" --complete --format json > "$OUT/results/$set.$kind.json" 2>> "$OUT/log"
  done
done
dotnet run --file "$(dirname "$0")/summary.cs" -- "$OUT"
