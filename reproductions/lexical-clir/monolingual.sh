#!/usr/bin/env bash
# Queries and passages in one language: BM25 with and without the language's stemmer and stop words, on the test halves that reproductions/analyzers cuts.
# usage: DRAGOMAN_DATA=... reproductions/lexical-clir/monolingual.sh [OUT]     prints set, language, queries, four nDCG@10 and the tests
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${1:-out/lexical-clir}/monolingual
dragoman=${DRAGOMAN:-./dragoman}
languages=ar,de,el,en,es,hi,ro,ru,th,tr,vi,zh
mkdir -p "$out/runs"

[ -d "$out/xquad" ] || $dragoman prepare xquad --input "$DRAGOMAN_DATA/xquad" --from $languages --to $languages --output "$out/xquad" >&2
[ -d "$out/sets" ] || dotnet run --file reproductions/analyzers/prepare.cs -- "$DRAGOMAN_DATA" "$out/xquad" "$out/sets" >&2

variants=(neither stemmed stopped both)
analyzers=(per-language/unstemmed/unstopped per-language/unstopped per-language/unstemmed per-language)

for set in xquad tldr fastapi mozilla-www opentelemetry flores kk-news; do
  for at in 0 1 2 3; do
    index=$out/index/$set/${variants[at]}
    [ -d "$index" ] || $dragoman index --collection "$out/sets/$set" --output "$index" --model none --analyzer "${analyzers[at]}" >&2
  done
  for queries in "$out/sets/$set"/*.test.jsonl; do
    language=$(basename "$queries" .test.jsonl)
    if [ "$(wc -l < "$queries")" -lt 18 ]; then continue; fi
    values=$out/runs/$set.$language.values.tsv
    if [ -s "$values" ]; then continue; fi
    runs=()
    for variant in "${variants[@]}"; do
      run=$out/runs/$set.$language.$variant.run
      $dragoman retrieve --index "$out/index/$set/$variant" --queries "$queries" --in "$language" --method bm25 --depth 100 --output "$run" 2> /dev/null
      runs+=(--run "$variant=$run")
    done
    # p of `both` against `stopped` (what the stemmer brings) and against `stemmed` (what stop words bring).
    for baseline in stopped stemmed neither; do
      $dragoman compare --qrels "$out/sets/$set/$language.test.qrels" --baseline "$baseline=$out/runs/$set.$language.$baseline.run" --run "both=$out/runs/$set.$language.both.run" \
        --measure nDCG@10 --complete --correction none --format tsv 2> /dev/null | tail -n +2 | sed "s/^/$set\t$language\t/"
    done > "$values.tmp"
    mv "$values.tmp" "$values"
  done
done
cat "$out"/runs/*.values.tsv > "$out/compare.tsv"

# Each language over all its judged sets: their queries are different ones.
judged=(xquad tldr fastapi mozilla-www opentelemetry)
: > "$out/pooled.tsv"
for language in $(cd "$out/runs" && ls | sed -n 's/^[^.]*\.\([^.]*\)\.both\.run$/\1/p' | sort -u); do
  rm -f "$out"/pooled.*.run "$out/pooled.qrels"
  for set in "${judged[@]}"; do
    if [ ! -s "$out/runs/$set.$language.both.run" ]; then continue; fi
    cat "$out/sets/$set/$language.test.qrels" >> "$out/pooled.qrels"
    for variant in "${variants[@]}"; do cat "$out/runs/$set.$language.$variant.run" >> "$out/pooled.$variant.run"; done
  done
  if [ ! -s "$out/pooled.qrels" ]; then continue; fi
  for baseline in stopped stemmed neither; do
    $dragoman compare --qrels "$out/pooled.qrels" --baseline "$baseline=$out/pooled.$baseline.run" --run "both=$out/pooled.both.run" --measure nDCG@10 --complete --correction none --format tsv \
      2> /dev/null | tail -n +2 | sed "s/^/judged\t$language\t/" >> "$out/pooled.tsv"
  done
done
