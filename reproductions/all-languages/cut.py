"""Cuts collections for search over all languages at once, from those that reproductions/lexical-clir/cut.py made.

usage: cut.py SETS XQUAD OUT
Relevant to a query are all versions of its page or paragraph, the one in its own language included. parallel: all versions are in the collection; single: one of each, chosen by
a hash of the page. OUT/SET.VARIANT gets corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv, SPLIT.zh.tsv: the Chinese queries' alone.
"""
import json
import os
import re
import sys
import zlib

sets, xquad, out = sys.argv[1:4]


def rows(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def page_of(passage):
    return re.sub(r"^([^/-]+)[/-][^/-]+(?:-Hant)?[/-]", r"\1/", passage)


def questions():
    """Question to (paragraph, split), by the judgements that `dragoman prepare xquad` wrote."""
    found = {}
    for split in ("dev", "test"):
        with open(os.path.join(xquad, "qrels", split + ".tsv"), encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                query, passage, _ = line.split("\t")
                found[query] = (page_of(passage), split)
    return found


asked = questions()
for name in sorted(os.listdir(sets)):
    passages = rows(sets, name, "corpus.jsonl")
    queries = rows(sets, name, "from-zh.jsonl") + rows(sets, name, "to-zh.jsonl")
    versions = {}
    for row in passages:
        versions.setdefault(page_of(row["_id"]), []).append(row["_id"])
    for variant in ("parallel", "single"):
        kept = versions if variant == "parallel" else {page: [sorted(ids)[zlib.crc32(page.encode()) % len(ids)]] for page, ids in versions.items()}
        folder = os.path.join(out, f"{name}.{variant}")
        os.makedirs(os.path.join(folder, "qrels"), exist_ok=True)
        known = {key for ids in kept.values() for key in ids}
        with open(os.path.join(folder, "corpus.jsonl"), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in passages if row["_id"] in known)
        with open(os.path.join(folder, "queries.jsonl"), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in queries)
        judged = {}
        for row in queries:
            page, split = asked[row["_id"]] if name == "xquad" else (page_of(row["_id"][2:]), "all")
            for part in [split] + [split + ".zh"] * (row["lang"] == "zh"):
                judged.setdefault(part, []).extend(f"{row['_id']}\t{key}\t1\n" for key in kept.get(page, ()))
        for part, found in judged.items():
            with open(os.path.join(folder, "qrels", part + ".tsv"), "w", encoding="utf-8") as file:
                file.write("query-id\tcorpus-id\tscore\n")
                file.writelines(found)
