#!/usr/bin/env bash
# Monolingual BM25 with one analyzer after the other: nDCG@10 of every set and language.
# usage: run.sh [dev|test] [VARIANT...]   DRAGOMAN_DATA names the folder of data sets; SETS and OUT can be set too.
set -euo pipefail
cd "$(dirname "$0")/../.."
split=${1:-test}
shift || true
variants=("$@")
[ ${#variants[@]} -gt 0 ] || variants=(multilingual per-language per-language/unstemmed per-language/unstopped)
out=${OUT:-out/analyzers}
dragoman=${DRAGOMAN:-./dragoman}

if [ ! -d "$out/sets" ]; then
  languages=ar,de,el,en,es,hi,ro,ru,th,tr,vi,zh
  $dragoman prepare xquad --input "$DRAGOMAN_DATA/xquad" --from $languages --to $languages --output "$out/xquad"
  dotnet run --file reproductions/analyzers/prepare.cs -- "$DRAGOMAN_DATA" "$out/xquad" "$out/sets" >&2
fi

printf 'set\tlanguage\tqueries'
printf '\t%s' "${variants[@]}"
printf '\n'
for set in ${SETS:-xquad tldr fastapi mozilla-www flores kk-news}; do
  for variant in "${variants[@]}"; do
    index=$out/index/$set/${variant//\//_}
    [ -d "$index" ] || $dragoman index --collection "$out/sets/$set" --output "$index" --model none --analyzer "$variant" >&2
  done
  for queries in "$out/sets/$set"/*."$split".jsonl; do
    language=$(basename "$queries" ".$split.jsonl")
    if [ -n "${LANGUAGES:-}" ] && [[ " $LANGUAGES " != *" $language "* ]]; then continue; fi
    count=$(wc -l < "$queries")
    if [ "$count" -lt 10 ]; then continue; fi
    printf '%s\t%s\t%s' "$set" "$language" "$count"
    for variant in "${variants[@]}"; do
      $dragoman retrieve --index "$out/index/$set/${variant//\//_}" --queries "$queries" --in "$language" --method bm25 --depth 10 --output "$out/run" 2> /dev/null
      $dragoman evaluate --qrels "$out/sets/$set/$language.$split.qrels" --run "$out/run" --measures nDCG@10 --complete --format tsv 2> /dev/null | awk 'NR == 2 { printf "\t%.4f", $4 }'
    done
    printf '\n'
  done
done
