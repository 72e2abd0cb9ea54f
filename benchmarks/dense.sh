#!/usr/bin/env bash
# Measures dense search beside faiss (Debian's python3-faiss), Flat and HNSW32, on synthetic clustered vectors of 384 numbers: time to build, bytes, queries a second against recall@10.
# SIZES (1000000), QUERIES (1000), PRECISIONS (Full Half Rescored), LINKS (16), BREADTH (100), and THREADS (all processors) may be set; WORK names a folder for temporary files (10 GB for a million).
# WHAT=crossover measures instead, of the first SIZES (5000 10000 20000 50000 100000 200000) of the vectors, exact search beside graphs at several breadths, one query at a time and many, and queries far from everything.
# Prints a line "passages, system, setting, measure, value" for every number; what lacks its program is left out.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
threads=${THREADS:-$(nproc)}
work=$(mktemp -d -p "${WORK:-${TMPDIR:-/tmp}}")
trap 'rm -rf "$work"' EXIT

[ -n "${NO_BUILD-}" ] || dotnet build "$root/benchmarks/dense" -c Release -v quiet --nologo >&2
export DOTNET_PROCESSOR_COUNT=$threads OMP_NUM_THREADS=$threads OPENBLAS_NUM_THREADS=$threads
ours() { dotnet "$root/benchmarks/dense/bin/Release/net10.0/Dense.dll" "$@"; }
if [ "${WHAT-}" = crossover ]; then
    sizes=${SIZES:-5000 10000 20000 50000 100000 200000}
    ours generate "$(printf '%s\n' $sizes | sort -n | tail -1)" "${QUERIES:-1000}" "$work/vectors"
    for passages in $sizes; do ours crossover "$passages" "${LINKS:-16}" "${BREADTH:-100}" "$work/vectors" "$threads"; done
    exit
fi
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
