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
[ -d "$work/sets" ] || python3 reproductions/all-languages/cut.py "$out/sets" "$out/xquad" "$work/sets"
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

printf 'set\tjudgements\tmeasure'
printf '\t%s' bm25 dense hybrid pivot psq psq+dense psq+pivot
printf '\n'
for folder in "$work"/sets/*; do
  set=$(basename "$folder") name=$work/runs/$(basename "$folder") queries=$folder/queries.jsonl
  [ -d "$work/index/$set" ] || $dragoman index --collection "$folder" --output "$work/index/$set" >&2
  for method in bm25 dense hybrid pivot; do find_all "$name.$method.run" "$work/index/$set" "$queries" --method $method; done
  methods=(bm25 dense hybrid pivot)
  if [ -d "$tables" ]; then
    # Tables are there for pairs with Chinese only, so only Chinese queries are searched through them.
    grep '"lang": *"zh"' "$queries" > "$work/zh.jsonl"
    [ -d "$work/index/$set.terms" ] || $dragoman index --collection "$folder" --analyzer per-language --translation-table "$tables" --model none --output "$work/index/$set.terms" >&2
    find_all "$name.psq.run" "$work/index/$set.terms" "$work/zh.jsonl" --method psq
    for other in dense pivot; do [ -e "$name.psq+$other.run" ] || $dragoman fuse --run "$name.psq.run" "$name.$other.run" --depth 100 --output "$name.psq+$other.run" 2>> "$work/log"; done
    methods+=(psq psq+dense psq+pivot)
  fi
  for judgements in "$folder"/qrels/*.tsv; do
    part=$(basename "$judgements" .tsv)
    for measure in nDCG@10 RR@10 R@100; do
      printf '%s\t%s\t%s' "$set" "$part" "$measure"
      for method in "${methods[@]}"; do
        case $part:$method in *.zh:* | *:bm25 | *:dense | *:hybrid | *:pivot) ;; *) printf '\t'; continue ;; esac
        $dragoman evaluate --qrels "$judgements" --run "$name.$method.run" --measures "$measure" --complete --format tsv 2> /dev/null | awk -F'\t' 'NR == 2 { printf "\t%.3f", $4 }'
      done
      printf '\n'
    done
  done
done
