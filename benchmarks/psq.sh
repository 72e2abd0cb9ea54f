#!/usr/bin/env bash
# Measures PSQ-HMM by weights in the index beside the same at query time, on synthetic passages with Zipf terms and a synthetic translation table. PASSAGES (100000) and THREADS (all processors) may be set.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet build "$root/benchmarks/lexical" -c Release -v quiet --nologo >&2
program=$root/benchmarks/lexical/bin/Release/net10.0/Lexical.dll
dotnet "$program" generate "${PASSAGES:-100000}" "$work"
dotnet "$program" psq "$work" "${THREADS:-$(nproc)}"
