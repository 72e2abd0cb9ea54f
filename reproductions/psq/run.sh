#!/usr/bin/env bash
# Chinese queries, English, Russian and Kazakh passages: BM25, the shipped encoder, and PSQ over learned translation tables.
# usage: DRAGOMAN_DATA=... reproductions/psq/run.sh [OUT]     OUT keeps tables and indexes; DRAGOMAN names the program.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${1:-out/psq}
dragoman=${DRAGOMAN:-./dragoman}
mkdir -p "$out"

[ -d "$out/xquad" ] || $dragoman prepare xquad --input "$DRAGOMAN_DATA/xquad" --from zh --to en,ru --output "$out/xquad"
pages=$DRAGOMAN_DATA/docs/mozilla-www
grep '"lang": *"zh"' "$pages/queries.jsonl" > "$out/pages.jsonl"

for analyzer in multilingual per-language; do
  tables=$out/tables.$analyzer
  [ -d "$tables" ] || $dragoman train "reproductions/psq/tables.$analyzer.yaml" --output "$tables" > /dev/null
  [ -d "$out/xquad.$analyzer" ] || $dragoman index --collection "$out/xquad" --analyzer "$analyzer" --translation-table "$tables" --output "$out/xquad.$analyzer" >&2
  [ -d "$out/pages.$analyzer" ] || $dragoman index --collection "$pages" --analyzer "$analyzer" --translation-table "$tables" --output "$out/pages.$analyzer" >&2
done

# restrict QRELS LANGUAGE FILE: the judgements of passages in one language.
restrict() {
  case $1 in *.gz) zcat "$1" ;; *) cat "$1" ;; esac | awk -F'\t' -v language="$2" 'NR == FNR { wanted[$1]; next } FNR == 1 || ($2 in wanted)' "$out/ids.$2" - > "$3"
}

# ids CORPUS LANGUAGE: the passages in one language.
ids() {
  case $1 in *.gz) zcat "$1" ;; *) cat "$1" ;; esac | grep "\"lang\": *\"$2\"" | sed 's/^{"_id": *"\([^"]*\)".*/\1/' > "$out/ids.$2"
}

# row NAME ANALYZER OPTION...: nDCG@10 of a method on every set.
row() {
  local name=$1 analyzer=$2
  shift 2
  printf '%s\t%s' "$name" "$analyzer"
  for language in en ru; do
    $dragoman retrieve --index "$out/xquad.$analyzer" --queries "$out/xquad/queries.jsonl" --in "$language" --depth 100 --output "$out/$name.$analyzer.$language.run" "$@" 2> /dev/null
    for split in dev test; do value "$out/$language.$split.qrels.tsv" "$out/$name.$analyzer.$language.run"; done
  done
  $dragoman retrieve --index "$out/pages.$analyzer" --queries "$out/pages.jsonl" --in kk --depth 100 --output "$out/$name.$analyzer.kk.run" "$@" 2> /dev/null
  value "$out/kk.qrels.tsv" "$out/$name.$analyzer.kk.run"
  printf '\n'
}

value() {
  $dragoman evaluate --qrels "$1" --run "$2" --measures nDCG@10 --complete --format tsv 2> /dev/null | awk -F'\t' 'NR == 2 { printf "\t%.3f", $4 }'
}

for language in en ru; do
  ids "$out/xquad/corpus.jsonl" "$language"
  for split in dev test; do restrict "$out/xquad/qrels/$split.tsv" "$language" "$out/$language.$split.qrels.tsv"; done
done
ids "$pages/corpus.jsonl.gz" kk
sed 's/^{"_id": *"\([^"]*\)".*/\1/' "$out/pages.jsonl" > "$out/ids.queries"
restrict "$pages/qrels/cross.tsv.gz" kk "$out/kk.all.tsv"
awk -F'\t' 'NR == FNR { wanted[$1]; next } FNR == 1 || ($1 in wanted)' "$out/ids.queries" "$out/kk.all.tsv" > "$out/kk.qrels.tsv"

printf 'method\tanalyzer\ten dev\ten test\tru dev\tru test\tkk pages\n'
row bm25 multilingual --method bm25
row dense multilingual --method dense
closed=(--psq-transliteration 0 --psq-back-off 0)
for analyzer in multilingual per-language; do
  row psq-bm25 "$analyzer" --method psq --psq-model bm25 "${closed[@]}"
  for background in 0.02 0.1 0.3 0.5; do row "psq-hmm-$background" "$analyzer" --method psq --psq-background "$background" "${closed[@]}"; done
  row psq-hmm-open "$analyzer" --method psq
done
