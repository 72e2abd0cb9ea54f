#!/usr/bin/env bash
# Search over the passages of all languages at once: which method should be the default, with translation tables and without?
# usage: DRAGOMAN_DATA=... reproductions/all-languages/run.sh [OUT]     OUT is what reproductions/lexical-clir/run.sh made (sets, tables); DRAGOMAN names the program.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${1:-out/lexical-clir}
dragoman=${DRAGOMAN:-./dragoman}
tables=${TABLES:-$out/tables}
work=$out/all-languages
mkdir -p "$work/runs"
[ -d "$work/sets" ] || dotnet run --file reproductions/all-languages/cut.cs -- "$out/sets" "$out/xquad" "$work/sets" >&2
if [ ! -d "$work/sets/silk-road.parallel" ]; then
  mkdir -p "$work/sets/silk-road.parallel/qrels"
  cp samples/silk-road/*.jsonl "$work/sets/silk-road.parallel/"
  cp samples/silk-road/qrels/test.tsv "$work/sets/silk-road.parallel/qrels/"
  grep -E '^query-id|^zh-' samples/silk-road/qrels/test.tsv > "$work/sets/silk-road.parallel/qrels/test.zh.tsv"
fi

# find RUN INDEX QUERIES OPTION...
find_all() {
  local run=$1 index=$2 queries=$3
  shift 3
  [ -e "$run" ] || $dragoman retrieve --index "$index" --queries "$queries" --depth 100 --output "$run" "$@" 2>> "$work/log"
}

# fuse_all METHOD METHOD: reciprocal rank fusion of two runs of the set at hand.
fuse_all() {
  [ -e "$name.$1+$2.run" ] || $dragoman fuse --run "$name.$1.run" "$name.$2.run" --depth 100 --output "$name.$1+$2.run" 2>> "$work/log"
}

printf 'set\tjudgements\tmethod\tmeasure\tvalue\n'
for folder in ${SETS:-"$work"/sets/*}; do
  folder=$work/sets/$(basename "$folder")
  set=$(basename "$folder") name=$work/runs/$(basename "$folder") queries=$folder/queries.jsonl
  [ -d "$work/index/$set" ] || $dragoman index --collection "$folder" --output "$work/index/$set" >&2
  for method in bm25 dense hybrid pivot; do find_all "$name.$method.run" "$work/index/$set" "$queries" --method $method; done
  fuse_all dense pivot
  methods=(bm25 dense hybrid pivot dense+pivot)
  if [ -d "$tables" ]; then
    # Tables are there for pairs with Chinese only, so only Chinese queries are searched through them.
    grep '"lang": *"zh"' "$queries" > "$folder/zh.jsonl"
    [ -d "$work/index/$set.terms" ] || $dragoman index --collection "$folder" --analyzer per-language --translation-table "$tables" --model none --output "$work/index/$set.terms" >&2
    find_all "$name.psq.run" "$work/index/$set.terms" "$folder/zh.jsonl" --method psq
    fuse_all psq dense
    fuse_all psq pivot
    methods+=(psq psq+dense psq+pivot)
  fi
  for judgements in "$folder"/qrels/*.tsv; do
    part=$(basename "$judgements" .tsv)
    for method in "${methods[@]}"; do
      case $part:$method in *.zh:* | *:bm25 | *:dense | *:hybrid | *:pivot | *:dense+pivot) ;; *) continue ;; esac
      $dragoman evaluate --qrels "$judgements" --run "$name.$method.run" --measures "nDCG@10 RR@10 R@100" --complete --format tsv 2> /dev/null \
        | awk -F'\t' -v head="$set\t$part\t$method" 'NR > 1 { print head "\t" $3 "\t" $4 }'
    done
  done
done
