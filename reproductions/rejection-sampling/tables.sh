#!/usr/bin/env bash
# What the runs of run.sh came to: comparisons with plain fine-tuning over seeds and topics, detection of the injected noise, costs; as Markdown, with plots in OUT/plots.
# usage: tables.sh       with OUT and DRAGOMAN as in run.sh; arms and seeds that are not there yet are left out
set -euo pipefail
here=$(dirname "$0")
mkdir -p "$OUT/results"

# runs SET LEVEL ARM: NAME=RUN,RUN,... of the seeds there are; nothing where there is none.
runs() {
  local found
  found=$(find "$OUT/runs/$1/$2" -name "$3-[0-9]*.run.gz" 2> /dev/null | sort -V | paste -sd,)
  [ -z "$found" ] || echo "$3=$found"
}

for folder in "$OUT"/runs/*/*/; do
  level=$(basename "$folder") set=$(basename "$(dirname "$folder")")
  plain=$(runs "$set" "$level" plain) arms=()
  [ -n "$plain" ] || continue
  for arm in $(ls "$folder" | sed -n 's/-[0-9]*\.run\.gz$//p' | sort -u); do [ "$arm" = plain ] || arms+=(--run "$(runs "$set" "$level" "$arm")"); done
  [ ${#arms[@]} -gt 0 ] || continue
  for measure in nDCG@10 RR@10 R@100; do
    result=$OUT/results/$set.$level.$measure.json
    # Nothing new since: nothing to compute.
    if [ -s "$result" ] && [ -z "$(find "$folder" -name '*.run.gz' -newer "$result")" ]; then continue; fi
    $DRAGOMAN compare --qrels "$OUT/sets/$set/qrels/test.tsv" --topics "$OUT/sets/$set/topics.tsv" --baseline "$plain" "${arms[@]}" --measure $measure --complete --format json > "$result.part" 2>> "$OUT/log"
    mv "$result.part" "$result"
  done
done

# What each filter noticed of the noise.
mkdir -p "$OUT/results/detection"
for ledger in "$OUT"/models/*/*/*/negatives/epoch-2.ledger.jsonl.gz; do
  model=$(dirname "$(dirname "$ledger")") arm=$(basename "$(dirname "$(dirname "$ledger")")")
  level=$(basename "$(dirname "$model")") set=$(basename "$(dirname "$(dirname "$model")")")
  result=$OUT/results/detection/$set.$level.$arm.json
  [ -s "$result" ] || [ ! -s "$OUT/runs/$set/$level/$arm.run.gz" ] || { $DRAGOMAN sampling detect "$model" --truth "$OUT/noise/$set/$level/${arm##*-}/noise.tsv" --json > "$result.part" && mv "$result.part" "$result"; }
done
for set in pages xquad wikidata; do [ -s "$OUT/$set.tokens.json" ] || python3 "$here/tokens.py" "$OUT/sets/$set" "$here/../../models/dragoman-static" "$OUT/$set.tokens.json" "$DRAGOMAN"; done
python3 "$here/summary.py" "$OUT"
