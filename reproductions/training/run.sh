#!/usr/bin/env bash
# Trains the small encoder, then cross-encoders and bi-encoders by the source's recipe and by ours, three seeds each, on XQuAD, documentation pages and a zh-kk set; prints tables.
# usage: DRAGOMAN_DATA=... reproductions/training/run.sh [OUT]     OUT keeps everything; what is there is not made again and an interrupted training goes on; DRAGOMAN names the program.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=reproductions/training
export ROOT=$PWD
export OUT=$(realpath -m "${1:-out/training}")
dragoman=${DRAGOMAN:-./dragoman}
threads=${THREADS:-2}
mkdir -p "$OUT"

train() { # CONFIGURATION OUTPUT
  [ -e "$2/.complete" ] || $dragoman train "$1" --output "$2" --threads "$threads" --resume >> "$OUT/log" 2>&1
}

# Data, the encoder, and candidates of a first stage: PSQ-HMM, its passages in the language asked for.
[ -d "$OUT/wikidata" ] || dotnet run --file $here/cut.cs -- "$DRAGOMAN_DATA" "$OUT" >&2
[ -d "$OUT/xquad" ] || $dragoman prepare xquad --input "$DRAGOMAN_DATA/xquad" --from zh --to en --output "$OUT/xquad" >&2
[ -d "$OUT/tables" ] || $dragoman train $here/tables.yaml --output "$OUT/tables" > /dev/null
train $here/encoder.yaml "$OUT/encoder"
for set in ${SETS:-wikidata pages xquad}; do
  [ -d "$OUT/index/$set" ] || $dragoman index --collection "$OUT/$set" --analyzer per-language --model none --translation-table "$OUT/tables" --output "$OUT/index/$set" >&2
  [ -s "$OUT/$set.first.run" ] || $dragoman retrieve --index "$OUT/index/$set" --queries "$OUT/$set/queries.jsonl" --method psq --translation-table "$OUT/tables" --depth 50 --output "$OUT/$set.first.run" 2>> "$OUT/log"
  # Test: its queries, and the first stage's best twenty passages of each.
  cut -f1 "$OUT/$set/qrels/test.tsv" | sort -u > "$OUT/$set.test.ids"
  awk 'NR == FNR { wanted[$1]; next } ($1 in wanted) && $4 <= 20' "$OUT/$set.test.ids" "$OUT/$set.first.run" > "$OUT/$set.test.run"
  awk 'NR == FNR { wanted[$1]; next } match($0, /"_id": ?"[^"]*"/) { id = substr($0, RSTART + 6, RLENGTH - 6); gsub(/[" ]/, "", id); if (id in wanted) print }' "$OUT/$set.test.ids" "$OUT/$set/queries.jsonl" > "$OUT/$set.test.jsonl"
done

# Controls: what the models begin with, before they learn anything of a set.
for set in ${SETS:-wikidata pages xquad}; do
  export SET=$set
  mkdir -p "$OUT/models/$set" "$OUT/runs/$set"
  [ -s "$OUT/runs/$set/bi-start.run" ] || $here/test.sh bi-start "$set" "$OUT/encoder" "$OUT/runs/$set/bi-start.run" >> "$OUT/log" 2>&1
  [ -s "$OUT/runs/$set/bi-static.run" ] || $here/test.sh bi-static "$set" models/dragoman-static "$OUT/runs/$set/bi-static.run" >> "$OUT/log" 2>&1
  train $here/cross-start.yaml "$OUT/models/$set/cross-start"
  [ -s "$OUT/runs/$set/cross-start.run" ] || $here/test.sh cross-start "$set" "$OUT/models/$set/cross-start" "$OUT/runs/$set/cross-start.run" >> "$OUT/log" 2>&1
done

# Each recipe by each seed; the first seed of all, then the second.
for seed in ${SEEDS:-1 2 3}; do
  for set in ${SETS:-wikidata pages xquad}; do
    for recipe in ${RECIPES:-bi-source bi-mined cross-source cross-mined}; do
      model=$OUT/models/$set/$recipe-$seed run=$OUT/runs/$set/$recipe-$seed.run
      mkdir -p "$OUT/models/$set" "$OUT/runs/$set"
      export SET=$set
      # Paragraphs of XQuAD are long and many: a cross-encoder gets half the epochs.
      halve=; [ "$set" != xquad ] || halve='s/epochs: 6/epochs: 3/; s/epochs: 2/epochs: 1/'
      [[ $recipe == cross-* ]] || halve=
      sed "s/^seed: .*/seed: $seed/; $halve" $here/$recipe.yaml > "$OUT/$set.$recipe-$seed.yaml"
      train "$OUT/$set.$recipe-$seed.yaml" "$model"
      [ -s "$run" ] || $here/test.sh "$recipe" "$set" "$model" "$run" >> "$OUT/log" 2>&1
    done
  done
done
$here/tables.sh
