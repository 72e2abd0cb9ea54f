#!/usr/bin/env bash
# Prints the study's jobs in their order: SET LEVEL ARM SEED.
set -euo pipefail
headline="plain a4-weigh a4-sample a7-a4 a7 random hard"
others="a4-mixture hardest seed-literal a2 a6 list graded bounded"
matched="a4-sample-examples random-examples hardest-examples seed-literal-examples"

jobs() { # SETS LEVELS ARMS SEEDS
  for level in $2; do for set in $1; do for arm in $3; do for seed in $4; do echo "$set $level $arm $seed"; done; done; done; done
}

few="1 2 3 4 5" more="6 7 8 9 10"
mismatched="mismatched-0 mismatched-0.2 mismatched-0.4"
jobs "xquad pages" "$mismatched" "$headline" "$few"
jobs "xquad pages" "$mismatched" "$others" "$few"
jobs "xquad pages" "mismatched-0.3 mismatched-0.1" "$headline $others" "$few"
jobs "xquad" "hidden-0.5 hidden-0.25" "$headline $others" "$few"
jobs "xquad pages" "$mismatched" "$matched" "$few"
jobs "wikidata" "$mismatched hidden-0.5" "$headline $others" "$few"
jobs "xquad pages" "$mismatched" "$headline" "$more"
jobs "xquad wikidata" "jitter-0.5" "$headline $others" "$few"
