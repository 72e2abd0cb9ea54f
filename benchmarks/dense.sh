#!/usr/bin/env bash
# Measures dense search beside faiss (Debian's python3-faiss), Flat and HNSW32, on synthetic clustered vectors of 384 numbers: time to build, bytes, queries a second against recall@10.
# SIZES (1000000), QUERIES (1000), PRECISIONS (Full Half Rescored), LINKS (16), BREADTH (100), and THREADS (all processors) may be set; WORK names a folder for temporary files (10 GB for a million).
# Prints a line "passages, system, setting, measure, value" for every number; what lacks its program is left out.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
threads=${THREADS:-$(nproc)}
work=$(mktemp -d -p "${WORK:-${TMPDIR:-/tmp}}")
trap 'rm -rf "$work"' EXIT

dotnet build "$root/benchmarks/dense" -c Release -v quiet --nologo >&2
export DOTNET_PROCESSOR_COUNT=$threads OMP_NUM_THREADS=$threads OPENBLAS_NUM_THREADS=$threads
ours() { dotnet "$root/benchmarks/dense/bin/Release/net10.0/Dense.dll" "$@"; }
python=
for one in /usr/bin/python3 python3; do
    if [ -z "$python" ] && "$one" -c 'import faiss' 2> /dev/null; then python=$one; fi
done

for passages in ${SIZES:-1000000}; do
    folder=$work/$passages
    ours generate "$passages" "${QUERIES:-1000}" "$folder"
    {
        for precision in ${PRECISIONS:-Full Half Rescored}; do
            ours build "$precision" "${LINKS:-16}" "${BREADTH:-100}" "$folder" "$threads"
            ours search "$precision" "${LINKS:-16}" "$folder"
            rm -rf "$folder/dragoman-$precision"
        done
        [ -z "$python" ] || "$python" "$root/benchmarks/peers/faiss_dense.py" "$folder" "$threads"
    } | awk -v head="$passages" '{ print head "\t" $0; fflush() }'
    rm -rf "$folder"
done
