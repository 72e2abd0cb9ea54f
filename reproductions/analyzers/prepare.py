"""Cuts the collections of run.sh: for each set and language a query file and a qrels file for dev and for test, in the folder named last.

usage: prepare.py DATA XQUAD OUT
DATA is the folder of data sets, XQUAD what `dragoman prepare xquad` made of all languages against themselves.
"""
import gzip
import json
import os
import sys

data, xquad, out = sys.argv[1:4]


def rows(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write(name, passages, queries):
    """passages: {id: (title, text, lang)}; queries: (id, text, lang, split, relevant ids)."""
    folder = os.path.join(out, name)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "corpus.jsonl"), "w", encoding="utf-8") as corpus:
        for key, (title, text, lang) in passages.items():
            corpus.write(json.dumps({"_id": key, "title": title, "text": text, "lang": lang}, ensure_ascii=False) + "\n")
    for lang, split in sorted({(query[2], query[3]) for query in queries}):
        chosen = [query for query in queries if query[2] == lang and query[3] == split]
        with open(os.path.join(folder, f"{lang}.{split}.jsonl"), "w", encoding="utf-8") as file:
            file.writelines(json.dumps({"_id": query[0], "text": query[1], "lang": lang}, ensure_ascii=False) + "\n" for query in chosen)
        with open(os.path.join(folder, f"{lang}.{split}.qrels"), "w", encoding="utf-8") as file:
            file.writelines(f"{query[0]} 0 {key} 1\n" for query in chosen for key in query[4])


def page_split(page):
    """FNV-1a over UTF-16 units; an even third-lowest byte is dev."""
    value = 2166136261
    for letter in page:
        value = (value ^ ord(letter)) * 16777619 % 2**32
    return "test" if (value >> 8) % 2 else "dev"


# XQuAD: dev is the articles of train and dev, which nothing here is trained on.
corpus = rows(os.path.join(xquad, "corpus.jsonl"))
language = {row["_id"]: row["lang"] for row in corpus}
texts = {row["_id"]: row for row in rows(os.path.join(xquad, "queries.jsonl"))}
queries = []
for split in ("train", "dev", "test"):
    with open(os.path.join(xquad, "qrels", split + ".tsv"), encoding="utf-8") as lines:
        for query, passage, _ in (line.split("\t") for line in list(lines)[1:]):
            if language[passage] == texts[query]["lang"]:
                queries.append((query, texts[query]["text"], texts[query]["lang"], "test" if split == "test" else "dev", [passage]))
write("xquad", {row["_id"]: (row.get("title", ""), row["text"], row["lang"]) for row in corpus}, queries)

# Pages: the query is the title (tldr: the description) and the passage has no line that is the title.
for name in ("tldr", "fastapi", "mozilla-www", "opentelemetry"):
    passages = {}
    for row in rows(os.path.join(data, "docs", name, "corpus.jsonl.gz")):
        lines = [line for line in row["text"].split("\n") if name == "tldr" or line.strip() != row["title"].strip()]
        passages[row["_id"]] = (row["title"] if name == "tldr" else "", "\n".join(lines), row["lang"])
    queries = [(row["_id"], row["text"], row["lang"], page_split(row["metadata"]["page"]), [row["_id"][2:]])
               for row in rows(os.path.join(data, "docs", name, "queries.jsonl")) if row["_id"][2:] in passages]
    write(name, passages, queries)

# Sentences of running text: every second one is a query, and relevant are its neighbours, which mostly are of the same article.
for name, source in (("flores", "flores200-devtest"), ("kk-news", "apertium-kaz-rus")):
    found = rows(os.path.join(data, "parallel", source + ".jsonl.gz"))
    passages, queries = {}, []
    for lang in sorted({key for row in found for key in row if key not in ("_id", "src")}):
        texts = [row[lang] for row in found if lang in row]
        for place in range(0, len(texts), 2):
            passages[f"{lang}-{place}"] = ("", texts[place], lang)
        for place in range(1, len(texts), 2):
            neighbours = [f"{lang}-{other}" for other in (place - 1, place + 1) if other < len(texts)]
            queries.append((f"q-{lang}-{place}", texts[place], lang, "dev" if place < len(texts) // 2 else "test", neighbours))
    write(name, passages, queries)
