#!/usr/bin/env bash
# Measures 'dragoman evaluate' beside trec_eval on generated runs of 1,000 and 10,000 queries with 1,000 passages each.
# Needs awk and GNU time; trec_eval where its column is wanted (on the path, or named by TREC_EVAL). Prints the table of evaluate.md.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
trec=${TREC_EVAL:-$(command -v trec_eval || true)}
runs=${RUNS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet build "$root/src/Dragoman.Cli" -c Release -v quiet >&2
dragoman=$root/src/Dragoman.Cli/bin/Release/net10.0/dragoman

# generate QUERIES FILE: a run and qrels, always the same. Passages are drawn by a congruential generator; half of 100 judgements a query are of retrieved passages.
generate() {
    awk -v queries="$1" -v run="$2.run" -v qrels="$2.qrels" 'BEGIN {
        state = 20261122
        for (query = 1; query <= queries; query++) {
            split("", seen)
            score = 30
            for (rank = 1; rank <= 1000; rank++) {
                do { state = (state * 16807) % 2147483647; passage = state % 2000000 } while (passage in seen)
                seen[passage] = 1
                score -= (state % 997) / 50000 + 0.00002
                printf "%d Q0 doc-%d %d %.6f synthetic\n", query, passage, rank, score > run
                if (rank % 20 == 0) printf "%d 0 doc-%d %d\n", query, passage, (state % 7 < 4) ? 0 : state % 7 - 3 > qrels
            }
            for (i = 1; i <= 50; i++) {
                do { state = (state * 16807) % 2147483647; passage = state % 2000000 } while (passage in seen)
                seen[passage] = 1
                printf "%d 0 doc-%d %d\n", query, passage, state % 3 == 0 > qrels
            }
        }
    }'
}

# sample COMMAND...: wall seconds, CPU seconds and peak MiB of the whole process.
sample() {
    command time -f '%e %U %S %M' -o "$work/time" "$@" > /dev/null 2>&1
    awk '{ printf "%s %.2f %.0f\n", $1, $2 + $3, $4 / 1024 }' "$work/time"
}

median() { cut -d' ' -f"$1" "$2" | sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

echo "| queries × passages | program | wall, s | CPU, s | peak, MiB |"
echo "|---|---|---|---|---|"
for queries in 1000 10000; do
    generate "$queries" "$work/set"
    ours=("$dragoman" evaluate --qrels "$work/set.qrels" --run "$work/set.run" --measures 'nDCG@10 RR AP R@100')
    theirs=("$trec" -m ndcg_cut.10 -m recip_rank -m map -m recall.100 "$work/set.qrels" "$work/set.run")
    : > "$work/ours"
    : > "$work/theirs"
    for _ in $(seq "$runs"); do                  # in turn, so that a busy machine slows both
        sample "${ours[@]}" >> "$work/ours"
        [ -z "$trec" ] || sample "${theirs[@]}" >> "$work/theirs"
    done
    echo "| $queries × 1000 | dragoman | $(median 1 "$work/ours") | $(median 2 "$work/ours") | $(median 3 "$work/ours") |"
    [ -z "$trec" ] || echo "| $queries × 1000 | trec_eval | $(median 1 "$work/theirs") | $(median 2 "$work/theirs") | $(median 3 "$work/theirs") |"
    [ -z "$trec" ] || paste -d' ' "$work/ours" "$work/theirs" | awk '{ print $1 / $4, $2 / $5, $3 / $6 }' > "$work/ratio"
    [ -z "$trec" ] || printf '| %s × 1000 | ratio, pair by pair | %.2f | %.2f | %.2f |\n' "$queries" "$(median 1 "$work/ratio")" "$(median 2 "$work/ratio")" "$(median 3 "$work/ratio")"
    if [ -n "$trec" ]; then
        "${ours[@]}" --format tsv 2> /dev/null | awk -F'\t' 'NR > 1 { print $4 }' | sort > "$work/a"
        "${theirs[@]}" | awk '{ print $3 }' | sort > "$work/b"
        cmp -s "$work/a" "$work/b" && echo "the four values agree" >&2 || { echo "the values differ" >&2; paste "$work/a" "$work/b" >&2; exit 1; }
    fi
done
