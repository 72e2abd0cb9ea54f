#!/usr/bin/env bash
# Measures bm25, dense, hybrid and pivot across languages on collections that had no part in setting their constants.
# Usage: DRAGOMAN_DATA=FOLDER reproductions/fusion/run.sh [OUTPUT [SET...]]     prints one line per set, variant and method
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
: "${DRAGOMAN_DATA:?names the folder of data sets, with docs/ and xquad/}"
output=${1:-out/fusion}
shift || true
[ $# -gt 0 ] || set -- silk-road fastapi electron opentelemetry mozilla-www tldr joined xquad
seed=${SEED:-1} methods=${METHODS:-bm25 dense hybrid pivot} variants=${VARIANTS:-parallel single same} fewest=${FEWEST:-5}

languages_of() {
  case $1 in
    silk-road) echo zh kk en ru tr de ;;
    opentelemetry) echo en ja zh es pt fr ;;
    fastapi) echo en zh ru de tr ja ;;
    electron) echo en zh ru de fr ja ;;
    mozilla-www) echo en zh kk ru de tr ;;
    tldr) echo en zh ru de tr ko ;;
    joined) echo en zh ja es fr pt ;;
    xquad) echo zh en ru de tr ;;
    *) echo "unknown set: $1" >&2; return 1 ;;
  esac
}

# corpus.jsonl, queries.jsonl and qrels.tsv of a set, as they come, in folder $2
source_of() {
  local from=$DRAGOMAN_DATA/docs language
  mkdir -p "$2"
  case $1 in
    silk-road) cp samples/silk-road/*.jsonl "$2"; cp samples/silk-road/qrels/test.tsv "$2/qrels.tsv" ;;
    xquad)
      : > "$2/queries.jsonl"
      : > "$2/qrels.tsv"
      for language in $(languages_of xquad); do
        ./dragoman prepare xquad --input "$DRAGOMAN_DATA/xquad" --from "$language" --to zh,en,ru,de,tr --output "$2/$language" >&2
        cp "$2/$language/corpus.jsonl" "$2"
        cat "$2/$language/queries.jsonl" >> "$2/queries.jsonl"
        cat "$2/$language"/qrels/*.tsv >> "$2/qrels.tsv"
      done ;;
    joined) # opentelemetry, mozilla-www and tldr as one collection
      gzip -dc "$from"/{opentelemetry,mozilla-www,tldr}/corpus.jsonl.gz > "$2/corpus.jsonl"
      cat "$from"/{opentelemetry,mozilla-www,tldr}/queries.jsonl > "$2/queries.jsonl"
      gzip -dc "$from"/{opentelemetry,mozilla-www,tldr}/qrels/cross.tsv.gz > "$2/qrels.tsv" ;;
    *) gzip -dc "$from/$1/corpus.jsonl.gz" > "$2/corpus.jsonl"; cp "$from/$1/queries.jsonl" "$2"; gzip -dc "$from/$1/qrels/cross.tsv.gz" > "$2/qrels.tsv" ;;
  esac
}

# keep VARIANT LANGUAGES FROM TO: a collection of those languages. parallel: all versions of a page; single: one version of each, chosen by a hash of
# seed and page; judged are queries of another language than the passage's. same: all versions, judged are queries of the passage's own language.
keep() {
  mkdir -p "$4/qrels"
  LC_ALL=C awk -v variant="$1" -v languages="$2" -v seed="$seed" -v out="$4" '
    function field(name,  at) { at = match($0, "\"" name "\": ?\"[^\"]*\""); at = substr($0, RSTART, RLENGTH); sub("^\"" name "\": ?\"", "", at); sub("\"$", "", at); return at }
    function page_of(id, language) { sub("(^|[/-])" language "[/-]", "#", id); return id }
    function hash(text,  i, h) { h = 7 + seed; for (i = 1; i <= length(text); i++) h = (h * 131 + code[substr(text, i, 1)] + seed) % 1000003; return (h * 7919) % 1000033 }
    BEGIN { n = split(languages, wanted, " "); for (i = 1; i <= n; i++) known[wanted[i]] = 1; for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i }
    FNR == 1 { file++ }
    file == 1 { l = field("lang"); if (l in known) { id = field("_id"); has[page_of(id, l), l] = 1; language[id] = l } next }
    file == 2 {
      id = field("_id")
      if (!(id in language)) next
      p = page_of(id, language[id]); versions = 0
      for (i = 1; i <= n; i++) if ((p, wanted[i]) in has) version[versions++] = wanted[i]
      if (variant == "single" && version[hash(p) % versions] != language[id]) next
      kept[id] = 1; at[p, language[id]] = id; print > (out "/corpus.jsonl"); next
    }
    file == 3 { l = field("lang"); if (l in known) { asked[field("_id")] = l; print > (out "/queries.jsonl") } next }
    BEGIN { print "query-id\tcorpus-id\tscore" > (out "/qrels/test.tsv") }
    variant == "same" && ($2 in kept) && ($1 in asked) {
      p = page_of($2, language[$2])
      $2 = (p, asked[$1]) in at ? at[p, asked[$1]] : ""
      if ($2 == "" || ($1, $2) in done) next
      done[$1, $2] = 1
    }
    ($2 in kept) && ($1 in asked) && (variant == "same") == (asked[$1] == language[$2]) {
      print $1 "\t" $2 "\t" $3 > (out "/qrels/test.tsv")
      print $1 "\t" asked[$1] > (out "/asked.tsv")
      target = out "/" language[$2] ".tsv"
      if (!(target in begun)) { begun[target] = 1; print "query-id\tcorpus-id\tscore" > target }
      print $1 "\t" $2 "\t" $3 > target
    }' "$3/corpus.jsonl" "$3/corpus.jsonl" "$3/queries.jsonl" "$3/qrels.tsv"
}

# Measures of every query over the passages of one language: method, query, measure, value
measure() {
  local work=$1 language=$2 method runs=()
  cut -f1 "$work/$language.tsv" | awk 'NR == FNR { judged["\"" $1 "\""] = 1; next } { match($0, /"_id": ?/); id = substr($0, RSTART + RLENGTH); sub(/",.*/, "\"", id); if (id in judged) print }' \
    - "$work/queries.jsonl" > "$work/$language.queries.jsonl"
  for method in $methods; do
    ./dragoman retrieve --index "$work/index" --queries "$work/$language.queries.jsonl" --method "$method" --in "$language" --depth 20 --output "$work/$language.$method.run" 2>> "$output/log"
    # A run without any passage has no queries to evaluate; give it one that is not relevant.
    [ -s "$work/$language.$method.run" ] || awk -v method="$method" 'NR == 2 { print $1, "Q0", "-", 1, 0, method }' "$work/$language.tsv" > "$work/$language.$method.run"
    runs+=("$work/$language.$method.run")
  done
  ./dragoman evaluate --qrels "$work/$language.tsv" --run "${runs[@]}" --measures "nDCG@10 R@20" --complete --by-query --format tsv 2>> "$output/log"
}

# The mean over pairs of languages with $fewest queries or more, of the means over a pair's queries
summary() {
  awk -F '\t' -v label="$2" -v fewest="$fewest" '
    NR == FNR { from[$1] = $2; next }
    ($2 in from) && $3 != "value" { pair = $1 "\t" from[$2] ">" $5; sum[pair, $3] += $4; count[pair, $3]++; pairs[pair] = 1; method[$1] = 1 }
    END {
      for (pair in pairs) {
        if (count[pair, "nDCG@10"] < fewest) continue
        split(pair, part, "\t"); used[part[1]]++; queries[part[1]] += count[pair, "nDCG@10"]
        ndcg[part[1]] += sum[pair, "nDCG@10"] / count[pair, "nDCG@10"]; recall[part[1]] += sum[pair, "R@20"] / count[pair, "R@20"]
        if (part[2] == "zh>kk") zhkk[part[1]] = sprintf("\tzh>kk %.3f", sum[pair, "nDCG@10"] / count[pair, "nDCG@10"])
      }
      for (m in method) printf "%s\t%s\t%d pairs\t%d queries\tnDCG@10 %.3f\tR@20 %.3f%s\n", label, m, used[m], queries[m], ndcg[m] / used[m], recall[m] / used[m], zhkk[m]
    }' "$1/asked.tsv" "$1/values.tsv" | sort
}

for name; do
  source_of "$name" "$output/$name/source"
  for variant in $variants; do
    work=$output/$name/$variant
    keep "$variant" "$(languages_of "$name")" "$output/$name/source" "$work"
    ./dragoman index --collection "$work" --output "$work/index" > /dev/null 2>> "$output/log"
    : > "$work/values.tsv"
    for language in $(languages_of "$name"); do
      [ -f "$work/$language.tsv" ] && measure "$work" "$language" | sed "s/\$/\t$language/" >> "$work/values.tsv"
    done
    summary "$work" "$name	$variant"
  done
done
