#!/usr/bin/env bash
# Trains and measures the source's cross-encoder on CLIRMatrix zh-kk, or on a made-up collection of its format.
# Usage: reproductions/clirmatrix-zh-kk/run.sh synthetic
#        MODELS=FOLDER DATA=FOLDER reproductions/clirmatrix-zh-kk/run.sh source-mbert|source-xlmr     (DATA holds kk.tsv.gz and zh.kk.{train,dev,test1,test2}.base.jl.gz)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
row=${1:?name a row: source-mbert, source-xlmr or synthetic}
dragoman=${DRAGOMAN:-./dragoman} files=reproductions/clirmatrix-zh-kk threads=${THREADS:-}
if [ "$row" = synthetic ]; then
  out=out/clirmatrix-synthetic model=out/clirmatrix-synthetic/source-mbert
  dotnet run --file $files/synthetic.cs -- $out
  DATA=$out length=64
else
  out=out/clirmatrix model=out/clirmatrix/$row length=256
  : "${DATA:?names the folder with kk.tsv.gz and zh.kk.*.base.jl.gz}" "${MODELS:?names the folder with the weights}"
fi
"$dragoman" prepare collection --documents "$DATA/kk.tsv.gz" --queries "$DATA"/zh.kk.*.base.jl.gz --output $out/zh-kk --candidates
"$dragoman" train $files/$row.yaml ${threads:+--threads "$threads"}

# Test: the judged candidates of each query, random fill among them, as in the source.
for split in $(cd $out/zh-kk/qrels && ls | grep -o '^test[0-9]*'); do
  awk 'NR == FNR { wanted[$1]; next } $1 in wanted' $out/zh-kk/qrels/$split.tsv $out/zh-kk/candidates.run > $out/$split.run
  "$dragoman" rerank --model $model --collection $out/zh-kk --run $out/$split.run --max-length $length --output $model.$split.run ${threads:+--threads "$threads"}
  "$dragoman" evaluate --qrels $out/zh-kk/qrels/$split.tsv --run $model.$split.run --measures "RR@5 RR@10 nDCG@5 nDCG@10"
done
