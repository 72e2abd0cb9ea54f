#!/usr/bin/env bash
# The run of a trained model for the test queries: a bi-encoder searches all passages, a cross-encoder reranks the first stage's best twenty.
# usage: test.sh RECIPE SET MODEL RUN       with OUT and DRAGOMAN as in run.sh
set -euo pipefail
recipe=$1 set=$2 model=$3 run=$4
dragoman=${DRAGOMAN:-./dragoman}
case $recipe in
  bi-*)
    # Every passage is in a language that is asked for: English, Kazakh.
    $dragoman index --collection "$OUT/$set" --model "$model" --output "$OUT/index/$set.$recipe"
    $dragoman retrieve --index "$OUT/index/$set.$recipe" --queries "$OUT/$set.test.jsonl" --method dense --depth 100 --output "$run"
    rm -r "$OUT/index/$set.$recipe" ;;
  cross-*) $dragoman rerank --model "$model" --collection "$OUT/$set" --queries "$OUT/$set.test.jsonl" --run "$OUT/$set.test.run" --max-length 160 --output "$run" ;;
esac
