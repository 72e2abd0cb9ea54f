#!/usr/bin/env bash
# Measures indexing and BM25 search beside Lucene 8 (Debian's liblucene8-java with a JDK) and SQLite's FTS5, on synthetic passages with Zipf terms.
# SIZES (100000 1000000), ROUNDS (3) and THREADS (all processors) may be set; WORK names a folder for 3 GB of temporary files. Prints the
# tables of lexical.md, and the single measurements on stderr; what lacks its program is left out.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
threads=${THREADS:-$(nproc)}
work=$(mktemp -d -p "${WORK:-${TMPDIR:-/tmp}}")
trap 'rm -rf "$work"' EXIT

dotnet build "$root/benchmarks/lexical" -c Release -v quiet --nologo >&2
program=$root/benchmarks/lexical/bin/Release/net10.0/Lexical.dll
java=/usr/share/java
jars=$java/lucene-core-8.7.0.jar:$java/lucene-analyzers-common-8.7.0.jar
lucene=
if command -v javac > /dev/null && [ -f "$java/lucene-core-8.7.0.jar" ]; then
    lucene=yes
    javac -cp "$jars" -d "$work/java" "$root/benchmarks/peers/LuceneLexical.java"
fi

# one STEP FOLDER: index or search, by each system in turn, so that a busy machine slows all of them.
one() {
    # Searching as by a server (see ./dragoman), indexing as by the command.
    DOTNET_TieredPGO=$([ "$1" = search ] && echo 1 || echo 0) DOTNET_PROCESSOR_COUNT=$threads dotnet "$program" "$1" dragoman "$2" "$threads"
    [ -z "$lucene" ] || java -XX:ActiveProcessorCount="$threads" -cp "$jars:$work/java" LuceneLexical "$1" "$2" "$threads"
    dotnet "$program" "$1" fts5 "$2" "$threads"
}

for passages in ${SIZES:-100000 1000000}; do
    folder=$work/$passages
    dotnet "$program" generate "$passages" "$folder"
    for round in $(seq "${ROUNDS:-3}"); do
        rm -rf "$folder/dragoman" "$folder/lucene" "$folder/fts5.db"
        { one index "$folder"; one search "$folder"; } | awk -v head="$passages"$'\t'"$round" '{ print head "\t" $0; fflush() }' | tee -a "$work/measurements" >&2
    done
    rm -rf "$folder"
done
dotnet "$program" table < "$work/measurements"
