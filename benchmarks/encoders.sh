#!/usr/bin/env bash
# Measures reranking and training with cross-encoders of random weights (6 layers x 384, 12 x 768) on the CPU beside plain PyTorch: pairs a second, peak memory, scores in bfloat16, loss curves.
# The peer is torch_cross_encoder.py in the folder PEERS (../shared/peers), run by a python3 that has torch (Debian's python3-torch): float32 padded in the order of arrival, and bfloat16 autocast
# sorted by length. It also gives the lengths of the pairs (lognormal, median 140, 16 to 256), unless LENGTHS names a JSON file of them. Without it, only Dragoman is measured.
# WHAT=encode measures encoding single texts of these lengths, in windows of TEXTS (1024): each batch by all threads, and batches side by side, each by one thread.
# Training steps in the order of arrival and sorted ones are of different pairs (the sorted ones of the shortest), so each is to be compared with its like.
# SIZES (6x384 12x768), WHAT (rerank agree train losses), PAIRS (1000), STEPS (20), SYSTEMS (dragoman-bfloat16 dragoman-float32 torch-bfloat16 torch-float32), and THREADS (all processors) may be set.
# Prints a line "size, system, setting, measure, value" for every number. OPENBLAS_CORETYPE, which chooses the kernels of float32 products, applies to both systems.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
threads=${THREADS:-$(nproc)}
peer=${PEERS:-$root/../shared/peers}/torch_cross_encoder.py
work=$(mktemp -d -p "${WORK:-${TMPDIR:-/tmp}}")
trap 'rm -rf "$work"' EXIT

[ -n "${NO_BUILD-}" ] || dotnet build "$root/benchmarks/encoders" -c Release -v quiet --nologo >&2
export DOTNET_PROCESSOR_COUNT=$threads OMP_NUM_THREADS=$threads
python=
for one in /usr/bin/python3 python3; do
    if [ -z "$python" ] && [ -f "$peer" ] && "$one" -c 'import torch' 2> /dev/null; then python=$one; fi
done
lengths=${LENGTHS-}
if [ -z "$lengths" ]; then
    [ -n "$python" ] || { echo "The lengths come from $peer, which needs a python3 with torch (apt-get install python3-torch); or name a JSON file of them in LENGTHS." >&2; exit 2; }
    lengths=$work/lengths.json
    "$python" "$peer" --lengths --pairs "${PAIRS:-1000}" > "$lengths"
fi
ours() { dotnet "$root/benchmarks/encoders/bin/Release/net10.0/Encoders.dll" "$layers" "$width" 119547 "$threads" "$lengths" "$@"; }
theirs() { # WHAT PRECISION BATCHING
    [ -n "$python" ] || return 0
    "$python" "$peer" --layers "$layers" --hidden "$width" --heads 12 --vocab 119547 --threads "$threads" --pairs "${PAIRS:-1000}" --steps "${STEPS:-20}" --mode "$1" --precision "$2" --batching "$3" |
        "$python" -c "import json, sys
row = json.load(sys.stdin)
for name, key in (('pairs', 'pairs'), ('pairs a second', 'pairs_per_second'), ('padding', 'padding'), ('peak memory, MiB', 'peak_mib')):
    print('$size', 'torch', '$1 $2 $3', name, row[key], sep='\t')"
}

for size in ${SIZES:-6x384 12x768}; do
    layers=${size%x*} width=${size#*x}
    for what in ${WHAT:-rerank agree train losses}; do
        if [ "$what" = agree ]; then
            ours agree
            continue
        fi
        if [ "$what" = encode ]; then
            for precision in bfloat16 float32; do
                for how in together side-by-side; do ours encode "$precision" "$how" "${TEXTS:-1024}"; done
            done
            continue
        fi
        if [ "$what" = losses ]; then
            ours losses 50 "$work/$size"
            [ -z "$python" ] || "$python" "$root/benchmarks/peers/torch_loss_curve.py" "$work/$size" "$threads" | awk -v head="$size" '{ print head "\tboth\tlosses float32\t" $0 }'
            rm -rf "${work:?}/$size"
            continue
        fi
        for system in ${SYSTEMS:-dragoman-bfloat16 dragoman-float32 torch-bfloat16 torch-float32}; do
            case $system in
                dragoman-*)
                    if [ "$what" = rerank ]; then ours rerank "${system#*-}"; else ours train "${system#*-}" arrival "${STEPS:-20}"; fi
                    if [ "$what $system" = "train dragoman-bfloat16" ]; then ours train bfloat16 sorted "${STEPS:-20}"; fi
                    ;;
                torch-bfloat16) theirs "$what" bfloat16 sorted ;;
                torch-float32) theirs "$what" float32 arrival ;;
            esac
        done
    done
done
