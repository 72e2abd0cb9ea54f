#!/usr/bin/env bash
# One training of the study and the run of its model for the test queries; what is there is not made again.
# usage: job.sh SET LEVEL ARM SEED       LEVEL: mismatched-0.2, hidden-0.5, ...; with OUT, SCRIPTS, ROOT, DRAGOMAN and THREADS as run.sh sets them
set -euo pipefail
set=$1 level=$2 arm=$3 seed=$4
export SET=$set NOISY=$OUT/noise/$set/$level/$seed KEPT=$OUT/folds/$set/$level/$seed
model=$OUT/models/$set/$level/$arm-$seed run=$OUT/runs/$set/$level/$arm-$seed.run.gz
[ ! -s "$run" ] || exit 0
mkdir -p "$(dirname "$model")" "$(dirname "$run")" "$(dirname "$NOISY")"
exec 9> "$model.lock"
flock 9                                                      # another job may want the same training
[ ! -s "$run" ] || exit 0

# The collection with noise: another draw for every seed, the same for all arms.
(
  flock 8
  [ -e "$NOISY/.complete" ] || $DRAGOMAN prepare noise --collection "$OUT/sets/$set" --"${level%-*}" "${level##*-}" --seed "$seed" --output "$NOISY" 2> /dev/null
) 8> "$NOISY.lock"

# The oracle's teacher: a run that gives right judgements a high score and wrong ones a low one.
if [ "$arm" = oracle ]; then
  awk -F'\t' 'FNR == 1 { next } NR == FNR { if ($3 == "mismatched") wrong[$1, $2]; next } { print $1, "Q0", $2, 1, (($1, $2) in wrong) ? -20 : 20, "truth" }' "$NOISY/noise.tsv" "$NOISY/qrels/train.tsv" > "$NOISY.truth.run"
fi

# Thinning at random and by loss keep as much as acceptance by agreement kept of the same data with the same seed. One job at a time builds rate.cs;
# the compiler's server, which lives on, gets none of the locks.
rate=
case $arm in
  random* | hardest*)
    twin=a4-sample
    [[ $arm != *-examples ]] || twin=a4-sample-examples
    "$SCRIPTS/job.sh" "$set" "$level" "$twin" "$seed"
    rate=$(flock -o "$OUT/rate.lock" dotnet run --file "$SCRIPTS/rate.cs" -- "$OUT/models/$set/$level/$twin-$seed/manifest.json" 9>&-) ;;
esac
change="s/SEED/$seed/; s/RATE/$rate/"
[ "$arm" != start ] || change="$change; s/learning_rate: [^,}]*/learning_rate: 0/; s/epochs: [0-9]*/epochs: 1/"
cat "$SCRIPTS/base.yaml" "$SCRIPTS/$set.yaml" "$SCRIPTS/arms/$arm.yaml" | sed "$change" > "$model.yaml"
[ -e "$model/.complete" ] || $DRAGOMAN train "$model.yaml" --output "$model" --threads "$THREADS" --resume > "$model.out" 2> "$model.err"

# Test, once: all passages are searched. What is large goes then; manifest, groups and ledger stay.
index=$OUT/index/$set.$level.$arm-$seed
$DRAGOMAN index --collection "$OUT/sets/$set" --model "$model" --threads "$THREADS" --output "$index" > "$model.index.log" 2>&1
$DRAGOMAN retrieve --index "$index" --queries "$OUT/$set.test.jsonl" --method dense --depth 100 --output "$run" >> "$model.index.log" 2>&1
rm -r "$index" "$model"/*.safetensors "$model.tensorboard" "$model.index.log" "$model.out" "$model.err"

# Models of folds are shared by the arms of a level and seed; they go when all of its jobs are done.
while read -r of at other number; do
  [ "$of $at $number" != "$set $level $seed" ] || [ -s "$OUT/runs/$of/$at/$other-$number.run.gz" ] || exit 0
done < "$OUT/jobs"
rm -rf "$KEPT"
