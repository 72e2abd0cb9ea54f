"""Cuts the collections of run.sh: corpus.jsonl, queries by language, and judgements of each pair of languages with Chinese.

usage: cut.py DATA XQUAD OUT LANGUAGE...
DATA is the folder of data sets, XQUAD what `dragoman prepare xquad` made of all languages against themselves; the languages are those with a table.
OUT/SET gets corpus.jsonl, from-zh.jsonl and to-zh.jsonl (queries), and qrels/FROM-TO.SPLIT.tsv; what was left out is printed.
"""
import collections
import gzip
import json
import os
import sys

data, xquad, out = sys.argv[1:4]
languages = set(sys.argv[4:]) | {"zh"}
fewest = 20  # queries of a pair and split; with fewer it is left out


def rows(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def pairs(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        next(lines)
        return [line.split("\t")[:2] for line in lines]


def write(name, passages, queries, splits):
    folder = os.path.join(out, name)
    os.makedirs(os.path.join(folder, "qrels"), exist_ok=True)
    with open(os.path.join(folder, "corpus.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(json.dumps({key: row.get(key, "") for key in ("_id", "title", "text", "lang")}, ensure_ascii=False) + "\n" for row in passages)
    spoken = {row["_id"]: row["lang"] for row in passages}
    asked = {row["_id"]: row["lang"] for row in queries}
    judged = collections.defaultdict(list)
    for split, found in splits.items():
        for query, passage in found:
            if query in asked and passage in spoken and (asked[query] == "zh") != (spoken[passage] == "zh"):
                judged[asked[query], spoken[passage], split].append((query, passage))
    used = set()
    for (source, target, split), found in sorted(judged.items()):
        count = len({query for query, _ in found})
        if count < fewest:
            print(f"{name} {source}-{target} {split}: {count} queries, left out")
            continue
        used.update(query for query, _ in found)
        with open(os.path.join(folder, "qrels", f"{source}-{target}.{split}.tsv"), "w", encoding="utf-8") as file:
            file.write("query-id\tcorpus-id\tscore\n")
            file.writelines(f"{query}\t{passage}\t1\n" for query, passage in found)
    for part, wanted in (("from-zh", True), ("to-zh", False)):
        with open(os.path.join(folder, part + ".jsonl"), "w", encoding="utf-8") as file:
            file.writelines(json.dumps({key: row[key] for key in ("_id", "text", "lang")}, ensure_ascii=False) + "\n"
                            for row in queries if row["_id"] in used and (row["lang"] == "zh") == wanted)


def untranslated(passages):
    """Pages of which half the letters are lines of the English page: not translated, whatever their label."""
    english = {row["metadata"]["page"]: {line.strip() for line in row["text"].split("\n")} for row in passages if row["lang"] == "en"}
    found = set()
    for row in passages:
        lines = [line.strip() for line in row["text"].split("\n")]
        same = sum(len(line) for line in lines if line in english.get(row["metadata"]["page"], ()))
        if row["lang"] != "en" and same * 2 >= sum(map(len, lines)):
            found.add(row["_id"])
    return found


write("xquad", rows(os.path.join(xquad, "corpus.jsonl")), rows(os.path.join(xquad, "queries.jsonl")),
      {split: pairs(os.path.join(xquad, "qrels", split + ".tsv")) for split in ("dev", "test")})

for name in ("opentelemetry", "fastapi", "electron", "mozilla-www", "tldr"):
    folder = os.path.join(data, "docs", name)
    passages = rows(os.path.join(folder, "corpus.jsonl.gz"))
    other = collections.Counter(row["lang"] for row in passages if row["lang"] not in languages)
    english = untranslated(passages)
    kept = [row for row in passages if row["lang"] in languages and row["_id"] not in english]
    print(f"{name}: {len(kept)} passages; without a table {dict(sorted(other.items()))}; not translated {len(english)}")
    queries = [row for row in rows(os.path.join(folder, "queries.jsonl")) if row["lang"] in languages and row["_id"][2:] not in english]
    write(name, kept, queries, {"all": pairs(os.path.join(folder, "qrels", "cross.tsv.gz"))})
