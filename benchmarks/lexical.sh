#!/usr/bin/env bash
# Measures indexing and BM25 search beside Lucene 8 (Debian's liblucene8-java with a JDK) and SQLite's FTS5, on synthetic passages with Zipf terms.
# PASSAGES (100000) and THREADS (all processors) may be set. Prints one JSON object a system; what lacks its program is left out.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
passages=${PASSAGES:-100000}
threads=${THREADS:-$(nproc)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet build "$root/benchmarks/lexical" -c Release -v quiet --nologo >&2
program=$root/benchmarks/lexical/bin/Release/net10.0/Lexical.dll
dotnet "$program" generate "$passages" "$work"
dotnet "$program" dragoman "$work" "$threads"
dotnet "$program" positions "$work" "$threads"
java=/usr/share/java
jars=$java/lucene-core-8.7.0.jar:$java/lucene-analyzers-common-8.7.0.jar
if command -v javac > /dev/null && [ -f "$java/lucene-core-8.7.0.jar" ]; then
    javac -cp "$jars" -d "$work/java" "$root/benchmarks/peers/LuceneLexical.java"
    java -cp "$jars:$work/java" LuceneLexical "$work" "$threads"
fi
dotnet "$program" fts5 "$work"
