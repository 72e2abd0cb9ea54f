#!/usr/bin/env bash
# Measures rejection sampling of training passages: proposals judged a second on one thread, with scores at hand, for each scheme, and through the ledger. QUERIES (20000), CANDIDATES (200) and PROPOSALS (400, of a query) may be set.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet build "$root/benchmarks/sampling" -c Release -v quiet --nologo >&2
dotnet "$root/benchmarks/sampling/bin/Release/net10.0/Sampling.dll" "$work" "${QUERIES:-20000}" "${CANDIDATES:-200}" "${PROPOSALS:-400}"
