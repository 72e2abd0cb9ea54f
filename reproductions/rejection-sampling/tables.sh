#!/usr/bin/env bash
# What the runs of run.sh came to: comparisons with plain fine-tuning over seeds and topics, detection of the injected noise, costs; as Markdown, with plots in OUT/plots.
# usage: tables.sh       with OUT and DRAGOMAN as in run.sh; arms and seeds that are not there yet are left out
set -euo pipefail
here=$(dirname "$0")
mkdir -p "$OUT/results"

# seeds FOLDER ARM: those there are.
seeds() { find "$1" -name "$2-[0-9]*.run.gz" 2> /dev/null | sed 's/.*-\([0-9]*\)\.run\.gz$/\1/' | sort -n | paste -sd ' '; }

# runs FOLDER ARM SEEDS: NAME=RUN,RUN,...
runs() { for seed in $3; do echo "$1/$2-$seed.run.gz"; done | paste -sd, | sed "s|^|$2=|"; }

# common SEEDS SEEDS: those in both.
common() { comm -12 <(tr ' ' '\n' <<< "$1" | sort) <(tr ' ' '\n' <<< "$2" | sort) | sort -n | paste -sd ' '; }

# An arm is compared with plain fine-tuning of the same seeds; arms with the same seeds in one call. The model before training has none, and is compared with all.
for folder in "$OUT"/runs/*/*; do
  level=$(basename "$folder") set=$(basename "$(dirname "$folder")") results=$OUT/results/comparisons/$(basename "$(dirname "$folder")").$(basename "$folder")
  all=$(seeds "$folder" plain)
  [ -n "$all" ] || continue
  # Nothing new since: nothing to compute.
  if [ -e "$results/.complete" ] && [ -z "$(find "$folder" -name '*.run.gz' ! -name 'oracle-*' -newer "$results/.complete")" ]; then continue; fi
  declare -A systems=()
  for arm in $(ls "$folder" | sed -n 's/-[0-9]*\.run\.gz$//p' | sort -u); do
    [[ ! $arm =~ ^(plain|oracle)$ ]] || continue
    if [ "$arm" = start ]; then common=$all own=1; else own=$(common "$all" "$(seeds "$folder" "$arm")") common=$own; fi
    [ -z "$common" ] || systems[$common]+=" --run $(runs "$folder" "$arm" "$own")"
  done
  rm -rf "$results" && mkdir -p "$results"
  for common in "${!systems[@]}"; do
    paired=
    [[ $common != *' '* ]] || paired=--paired-runs                   # seed by seed: they decide noise, order and first weights alike for all arms
    for measure in nDCG@10 RR@10 R@100; do
      # shellcheck disable=SC2086
      $DRAGOMAN compare --qrels "$OUT/sets/$set/qrels/test.tsv" --topics "$OUT/sets/$set/topics.tsv" --baseline "$(runs "$folder" plain "$common")" ${systems[$common]} $paired --measure $measure --complete --format json > "$results/$measure.${common// /-}.json" 2>> "$OUT/log"
    done
  done
  touch "$results/.complete"
done

# Against their own controls, where plain fine-tuning is not all that differs, ARM:CONTROL; seeds in common. The oracle is no arm.
controls="oracle:plain a4-weigh:oracle a4-sample:oracle a4-mixture:oracle a7:hard a7-a4:hard a6:hard graded:list bounded:list a4-sample:random a4-sample:a4-weigh a4-weigh:a4-mixture hardest:random a4-sample-examples:random-examples"
for folder in "$OUT"/runs/*/*; do
  level=$(basename "$folder") set=$(basename "$(dirname "$folder")") results=$OUT/results/controls/$(basename "$(dirname "$folder")").$(basename "$folder")
  mkdir -p "$results"
  for pair in $controls; do
    arm=${pair%:*} control=${pair#*:} result=$results/${pair/:/.}.json
    common=$(common "$(seeds "$folder" "$arm")" "$(seeds "$folder" "$control")")
    [ -n "$common" ] || continue
    if [ -s "$result" ] && [ -z "$(find "$folder" \( -name "$arm-[0-9]*.run.gz" -o -name "$control-[0-9]*.run.gz" \) -newer "$result")" ]; then continue; fi
    paired=
    [[ $common != *' '* ]] || paired=--paired-runs
    # shellcheck disable=SC2086
    $DRAGOMAN compare --qrels "$OUT/sets/$set/qrels/test.tsv" --topics "$OUT/sets/$set/topics.tsv" --baseline "$(runs "$folder" "$control" "$common")" --run "$(runs "$folder" "$arm" "$common")" $paired --measure nDCG@10 --complete --format json > "$result.part" 2>> "$OUT/log"
    mv "$result.part" "$result"
  done
done

# What each filter noticed of the noise.
mkdir -p "$OUT/results/detection"
for ledger in "$OUT"/models/*/*/*/negatives/epoch-2.ledger.jsonl.gz; do
  model=$(dirname "$(dirname "$ledger")") arm=$(basename "$(dirname "$(dirname "$ledger")")")
  level=$(basename "$(dirname "$model")") set=$(basename "$(dirname "$(dirname "$model")")")
  result=$OUT/results/detection/$set.$level.$arm.json
  [ -s "$result" ] || [ ! -s "$OUT/runs/$set/$level/$arm.run.gz" ] || { $DRAGOMAN sampling detect "$model" --truth "$OUT/noise/$set/$level/${arm##*-}/noise.tsv" --json > "$result.part" 2>> "$OUT/log" && mv "$result.part" "$result"; }
done
for set in pages xquad wikidata; do
  # shellcheck disable=SC2086
  [ -s "$OUT/$set.tokens.json" ] || dotnet run --file "$here/tokens.cs" -- "$OUT/sets/$set" "$here/../../models/dragoman-static" "$OUT/$set.tokens.json" $DRAGOMAN
done
dotnet run --file "$here/summary.cs" -- "$OUT"
