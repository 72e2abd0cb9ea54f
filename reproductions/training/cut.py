"""Cuts the collections of run.sh: Chinese queries, passages in one other language each, judgements in train, dev and test.

usage: cut.py DATA OUT
OUT/pages gets the page sets of DATA/docs (English pages of all five, Kazakh ones of mozilla-www; a page is in one split with all its languages),
OUT/wikidata the zh-kk set of DATA/wikidata-zh-kk (a query's entity has grade 2, its neighbours 1). Splits by a hash of page or query: 60, 15 and 25 %.
"""
import collections
import gzip
import hashlib
import json
import os
import sys

data, out = sys.argv[1:3]
sets = ["opentelemetry", "fastapi", "electron", "mozilla-www", "tldr"]


def rows(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def triples(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        next(lines)
        return [line.rstrip("\n").split("\t") for line in lines]


def split_of(key):
    place = int(hashlib.sha256(key.encode()).hexdigest(), 16) % 100
    return "train" if place < 60 else "dev" if place < 75 else "test"


def write(name, passages, queries, judged):
    folder = os.path.join(out, name)
    os.makedirs(os.path.join(folder, "qrels"), exist_ok=True)
    with open(os.path.join(folder, "corpus.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(json.dumps({key: row.get(key, "") for key in ("_id", "title", "text", "lang")}, ensure_ascii=False) + "\n" for row in passages)
    with open(os.path.join(folder, "queries.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(json.dumps({key: row[key] for key in ("_id", "text", "lang")}, ensure_ascii=False) + "\n" for row in queries)
    for split, found in judged.items():
        with open(os.path.join(folder, "qrels", split + ".tsv"), "w", encoding="utf-8") as file:
            file.write("query-id\tcorpus-id\tscore\n")
            file.writelines("\t".join(line) + "\n" for line in found)
        print(f"{name} {split}: {len({line[0] for line in found})} queries, {len(found)} judgements, {len(passages)} passages")


passages, queries, judged = [], [], collections.defaultdict(list)
for name in sets:
    languages = {"en", "kk"} if name == "mozilla-www" else {"en"}
    kept = [row for row in rows(f"{data}/docs/{name}/corpus.jsonl.gz") if row["lang"] in languages]
    asked = {row["_id"]: row for row in rows(f"{data}/docs/{name}/queries.jsonl") if row["lang"] == "zh"}
    ids = {row["_id"] for row in kept}
    passages += kept
    queries += asked.values()
    for query, passage, grade in triples(f"{data}/docs/{name}/qrels/cross.tsv.gz"):
        if query in asked and passage in ids:
            judged[split_of(name + "/" + asked[query]["metadata"]["page"])].append((query, passage, grade))
write("pages", passages, queries, judged)

folder, judged = f"{data}/wikidata-zh-kk", collections.defaultdict(list)
for query, passage, grade in triples(f"{folder}/qrels/test.tsv"):
    judged[split_of(query)].append((query, passage, grade))
write("wikidata", rows(f"{folder}/corpus.jsonl.gz"), rows(f"{folder}/queries.jsonl"), judged)
