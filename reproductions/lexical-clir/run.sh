#!/usr/bin/env bash
# Chinese to other languages and back on XQuAD and five sets of documentation pages, by every lexical method and the shipped encoder; then one language at a time.
# usage: DRAGOMAN_DATA=... reproductions/lexical-clir/run.sh [OUT]     OUT keeps tables, indexes and runs; a run that is there is not made again; DRAGOMAN names the program.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=reproductions/lexical-clir
out=${1:-out/lexical-clir}
dragoman=${DRAGOMAN:-./dragoman}
languages=(ar de el en es fr hi ja kk ko pt ro ru th tr vi)
methods=(bm25 mt-best mt-weighted psq-bm25 psq-hmm dense psq+dense)
mkdir -p "$out"

tables=${TABLES:-$out/tables}
[ -d "$tables" ] || $dragoman train $here/tables.yaml --output "$tables" > /dev/null
xquad=ar,de,el,en,es,hi,ro,ru,th,tr,vi,zh
[ -d "$out/xquad" ] || $dragoman prepare xquad --input "$DRAGOMAN_DATA/xquad" --from $xquad --to $xquad --output "$out/xquad" >&2
[ -d "$out/sets" ] || dotnet run --file $here/cut.cs -- "$DRAGOMAN_DATA" "$out/xquad" "$out/sets" "${languages[@]}" > "$out/left-out.txt"
[ -s "$out/overlap.tsv" ] || dotnet run --file $here/overlap.cs -- "$DRAGOMAN_DATA" "$out/sets" mozilla-l10n/www-l10n > "$out/overlap.tsv"

# retrieve SET NAME QUERIES LANGUAGE: the runs of all methods, NAME.METHOD.run.
retrieve() {
  local set=$1 name=$out/runs/$1/$2 queries=$out/sets/$1/$3 language=$4 method
  for method in "${methods[@]}"; do
    local options=()
    case $method in
      bm25 | dense) options=(--method "$method") ;;
      mt-best) options=(--method bm25 --translate "table:$tables") ;;
      mt-weighted) options=(--method bm25 --translate "table:$tables" --translations 10) ;;
      psq-bm25) options=(--method psq --translation-table "$tables" --psq-model bm25) ;;
      psq-hmm) options=(--method psq --translation-table "$tables") ;;
      psq+dense) [ -s "$name.$method.run" ] || $dragoman fuse --run "$name.psq-hmm.run" "$name.dense.run" --depth 100 --output "$name.$method.run" 2>> "$out/log"; continue ;;
    esac
    [ -e "$name.$method.run" ] || $dragoman retrieve --index "$out/index/$set" --queries "$queries" --in "$language" --depth 100 --output "$name.$method.run" "${options[@]}" 2>> "$out/log"
  done
}

# measure SET PAIR SPLIT: values of every query, and tests against psq-hmm.
measure() {
  local name=$out/runs/$1/$2 judgements=$out/sets/$1/qrels/$2.$3.tsv found=$out/measured/$1.$2.$3.json method runs=()
  if [ -s "$found" ]; then return; fi
  for method in "${methods[@]}"; do
    # A run without any passage cannot be evaluated; give it one that is not relevant.
    [ -s "$name.$method.run" ] || awk 'NR == 2 { print $1, "Q0 - 1 0 none" }' "$judgements" > "$name.$method.run"
    [ "$method" = psq-hmm ] || runs+=(--run "$method=$name.$method.run")
  done
  $dragoman compare --qrels "$judgements" --baseline "psq-hmm=$name.psq-hmm.run" "${runs[@]}" --measures "nDCG@10 RR@10 R@100" --complete --correction none \
    --permutations 20000 --resamples 100 --by-query --format json > "$found.tmp" 2>> "$out/log"
  mv "$found.tmp" "$found"
}

for set in ${SETS:-xquad opentelemetry fastapi electron mozilla-www tldr}; do
  [ -d "$out/index/$set" ] || $dragoman index --collection "$out/sets/$set" --analyzer per-language --translation-table "$tables" --output "$out/index/$set" >&2
  mkdir -p "$out/runs/$set" "$out/measured"
  # Queries of all languages at once, and the runs cut by language: the second part of an id.
  retrieve $set to-zh to-zh.jsonl zh
  for method in "${methods[@]}"; do
    awk -v folder="$out/runs/$set" -v method="$method" '{ split($1, part, /[\/-]/); print > (folder "/" part[2] "-zh." method ".run") }' "$out/runs/$set/to-zh.$method.run"
  done
  for judgements in "$out/sets/$set/qrels"/*.tsv; do
    pair=$(basename "$judgements" .tsv)
    split=${pair#*.}
    pair=${pair%.*}
    case $pair in zh-*) retrieve $set "$pair" from-zh.jsonl "${pair#zh-}" ;; esac
    measure $set "$pair" "$split"
  done
done

$here/monolingual.sh "$out"
dotnet run --file $here/summary.cs -- "$out"
