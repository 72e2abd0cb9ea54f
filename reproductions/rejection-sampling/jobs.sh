#!/usr/bin/env bash
# Prints the study's jobs in their order: SET LEVEL ARM SEED.
set -euo pipefail
# Jobs side by side should not want the same teachers: those that train models of folds come early and apart, those that only take them later.
headline="a7 a4-weigh plain hard a4-sample random a7-a4"
all="a4-weigh a6 plain hard a2 list graded bounded a4-mixture seed-literal a4-sample a7 a7-a4 random hardest"
others="a6 a2 list graded bounded a4-mixture seed-literal hardest"
matched="a4-sample-examples random-examples hardest-examples seed-literal-examples"

jobs() { # SETS LEVELS ARMS SEEDS
  for level in $2; do for seed in $4; do for arm in $3; do for set in $1; do echo "$set $level $arm $seed"; done; done; done; done
}

# The most useful first; a cut leaves whole seeds.
first="1 2 3" then="4 5" more="6 7 8 9 10"
mismatched="mismatched-0 mismatched-0.2 mismatched-0.4"
jobs "xquad pages" "$mismatched" "$all $matched" "$first"
jobs "xquad pages" "$mismatched" "$headline" "$then"
jobs "xquad pages" "mismatched-0.3 mismatched-0.1" "$all" "$first"
jobs "xquad pages" "mismatched-0.3 mismatched-0.1" "$headline" "$then"
jobs "xquad" "hidden-0.5 hidden-0.25 jitter-0.5" "$all" "$first"
jobs "wikidata" "mismatched-0 mismatched-0.4" "$all" "$first"
jobs "xquad" "hidden-0.5 hidden-0.25" "$headline" "$then"
jobs "wikidata" "mismatched-0.2 hidden-0.5 jitter-0.5" "$all" "$first"
jobs "wikidata" "$mismatched hidden-0.5" "$headline" "$then"
jobs "xquad wikidata" "jitter-0.5" "$headline" "$then"
jobs "wikidata xquad pages" "mismatched-0.2 mismatched-0.4" "oracle" "$first $then"
jobs "xquad pages" "mismatched-0.3 mismatched-0.1" "oracle" "$first $then"
jobs "xquad pages" "$mismatched" "$others $matched" "$then"
jobs "xquad pages" "mismatched-0.3 mismatched-0.1" "$others" "$then"
jobs "xquad" "hidden-0.5 hidden-0.25" "$others" "$then"
jobs "xquad pages" "$mismatched" "$headline" "$more"
jobs "wikidata" "$mismatched hidden-0.5" "$others" "$then"
jobs "xquad wikidata" "jitter-0.5" "$others" "$then"
