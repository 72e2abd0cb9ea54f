#!/usr/bin/env bash
# Measures 'dragoman tokenize' beside spm_encode on the same lines, and checks that both print the same pieces.
# Needs spm_encode (Debian's package 'sentencepiece'), python3 to unpack the lines, and the data folder. Prints the table of tokenizers.md.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
data=${DRAGOMAN_DATA:-$root/../shared/data}
runs=${RUNS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet build "$root/src/Dragoman.Cli" -c Release -v quiet >&2
dragoman=$root/src/Dragoman.Cli/bin/Release/net10.0/dragoman

python3 - "$data/parallel" > "$work/lines.txt" <<'PY'
import glob, gzip, json, sys
for file in sorted(glob.glob(sys.argv[1] + '/*.jsonl.gz')):
    for row in gzip.open(file, 'rt', encoding='utf-8', newline='\n'):
        for name, text in json.loads(row).items():
            if name not in ('_id', 'src'):
                sys.stdout.buffer.write((text.replace('\n', ' ').replace('\r', ' ') + '\n').encode())
PY
lines=$(wc -l < "$work/lines.txt")

# Median CPU seconds (user and system, all threads) of a command that reads the lines, pinned to one core.
seconds() {
    for _ in $(seq "$runs"); do
        ( TIMEFORMAT='%U %S'; time taskset -c 0 "$@" < "$work/lines.txt" > /dev/null ) 2>&1 | awk '{ print $1 + $2 }'
    done | sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

echo "| vocabulary | pieces that differ | spm_encode, lines/s | dragoman, lines/s | ratio |"
echo "|---|---|---|---|---|"
for model in xlnet-base-cased/spiece.model laser50k/laser_50k.model; do
    folder=$data/vocab/${model%/*}
    differ=$({ cmp -s <(spm_encode --model="$data/vocab/$model" < "$work/lines.txt") <("$dragoman" tokenize --model "$folder" --format tokens < "$work/lines.txt") && echo 0; } \
        || { diff <(spm_encode --model="$data/vocab/$model" < "$work/lines.txt") <("$dragoman" tokenize --model "$folder" --format tokens < "$work/lines.txt") | grep -c '^>'; })
    theirs=$(seconds spm_encode --model="$data/vocab/$model" --output_format=id)
    ours=$(seconds "$dragoman" tokenize --model "$folder" --format ids)
    awk -v name="${model%/*}" -v differ="$differ" -v lines="$lines" -v theirs="$theirs" -v ours="$ours" \
        'BEGIN { printf "| %s | %d of %d lines | %d | %d | %.2f |\n", name, differ, lines, lines / theirs, lines / ours, theirs / ours }'
done
mbert=$(seconds "$dragoman" tokenize --model "$data/vocab/bert-base-multilingual-cased" --format ids)
awk -v lines="$lines" -v ours="$mbert" 'BEGIN { printf "| bert-base-multilingual-cased (WordPiece) | – | – | %d | – |\n", lines / ours }'
