"""Cuts the collections of run.sh: short passages in one language, queries in many, judgements in train, dev and test, and the topic of every query.

usage: cut.py DATA OUT
OUT/pages: English pages of four sets of DATA/docs; queries are the pages' titles (tldr: one-line descriptions) in other languages. Split by page.
OUT/xquad: English paragraphs of DATA/xquad in overlapping windows of words; queries are the questions in eleven other languages. A window that holds the
answer has grade 2, the paragraph's other windows have 1. Split by article.
OUT/wikidata: the zh-kk set of DATA/wikidata-zh-kk (a query's entity has grade 2, its neighbours 1). Split by query.
A training page or question is asked in a few of its languages, those of test in a few too; which ones, a hash says. The versions of a page or question are one topic (topics.tsv).
"""
import collections
import gzip
import hashlib
import json
import os
import sys

data, out = sys.argv[1:3]
window, stride = 40, 20                                    # words
languages = ["ar", "de", "el", "es", "hi", "ru", "th", "tr", "vi", "zh"]


def place(key, count):
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % count


def some(topic, of, count):
    """A few languages of a topic, by a hash."""
    return sorted(of, key=lambda language: hashlib.sha256(f"{topic} {language}".encode()).hexdigest())[:count]


def rows(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write(name, passages, queries, judged, topics):
    folder = os.path.join(out, name)
    os.makedirs(os.path.join(folder, "qrels"), exist_ok=True)
    with open(os.path.join(folder, "corpus.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(json.dumps({key: row.get(key, "") for key in ("_id", "title", "text", "lang")}, ensure_ascii=False) + "\n" for row in passages)
    with open(os.path.join(folder, "queries.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(json.dumps({key: row[key] for key in ("_id", "text", "lang")}, ensure_ascii=False) + "\n" for row in queries)
    with open(os.path.join(folder, "topics.tsv"), "w", encoding="utf-8") as file:
        file.writelines(f"{query}\t{topic}\n" for query, topic in topics.items())
    for split, found in sorted(judged.items()):
        with open(os.path.join(folder, "qrels", split + ".tsv"), "w", encoding="utf-8") as file:
            file.write("query-id\tcorpus-id\tscore\n")
            file.writelines("\t".join(map(str, line)) + "\n" for line in found)
        asked = {line[0] for line in found}
        print(f"{name} {split}: {len(asked)} queries of {len({topics[query] for query in asked})} topics, {len(found)} judgements, {len(passages)} passages")


def split_of(number):
    return "train" if number < 45 else "dev" if number < 55 else "test"


def pages():
    passages, queries, judged, topics = [], [], collections.defaultdict(list), {}
    for name in ("opentelemetry", "fastapi", "electron", "tldr"):
        english = {row["metadata"]["page"]: row for row in rows(f"{data}/docs/{name}/corpus.jsonl.gz") if row["lang"] == "en"}
        passages += english.values()
        titles = collections.defaultdict(dict)
        for row in rows(f"{data}/docs/{name}/queries.jsonl"):
            if row["lang"] not in ("en", "bn") and row["metadata"]["page"] in english:
                titles[row["metadata"]["page"]][row["lang"]] = row
        for page, versions in titles.items():
            topic = f"{name}/{page}"
            for language in some(topic, versions, 4):
                query = f"{language}-{topic}"
                queries.append({"_id": query, "text": versions[language]["text"], "lang": language})
                topics[query] = topic
                judged[split_of(place(topic, 100))].append((query, english[page]["_id"], 1))
    write("pages", passages, queries, judged, topics)


def windows(text):
    """Character ranges of overlapping windows."""
    words, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        words.append((at, at + len(word)))
        at += len(word)
    start = 0
    while True:
        part = words[start:start + window]
        yield part[0][0], part[-1][1]
        if start + window >= len(words):
            return
        start += stride


def xquad():
    def articles(language):
        with open(f"{data}/xquad/xquad.{language}.json", encoding="utf-8") as file:
            return json.load(file)["data"]

    asked = {language: {qa["id"]: qa["question"].strip() for article in articles(language) for paragraph in article["paragraphs"] for qa in paragraph["qas"]} for language in languages}
    passages, queries, judged, topics = [], [], collections.defaultdict(list), {}
    for number, article in enumerate(articles("en")):
        split = ("train", "train", "train", "train", "dev", "test", "test", "test")[number % 8]
        for which, paragraph in enumerate(article["paragraphs"]):
            text = paragraph["context"]
            cut = [(f"{number:02}-{which:02}-{i}", start, end) for i, (start, end) in enumerate(windows(text))]
            passages += [{"_id": key, "text": text[start:end], "lang": "en"} for key, start, end in cut]
            for qa in paragraph["qas"]:
                answer = qa["answers"][0]
                first, last = answer["answer_start"], answer["answer_start"] + len(answer["text"])
                grades = [(key, 2 if start <= first and last <= end else 1) for key, start, end in cut]
                for language in some(qa["id"], languages, 2 if split == "train" else 4):
                    query = f"{language}-{qa['id']}"
                    queries.append({"_id": query, "text": asked[language][qa["id"]], "lang": language})
                    topics[query] = qa["id"]
                    judged[split] += [(query, key, grade) for key, grade in grades]
    write("xquad", passages, queries, judged, topics)


def wikidata():
    folder, judged = f"{data}/wikidata-zh-kk", collections.defaultdict(list)
    with open(f"{folder}/qrels/test.tsv", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            query, passage, grade = line.rstrip("\n").split("\t")
            judged[split_of(place(query, 100))].append((query, passage, grade))
    queries = rows(f"{folder}/queries.jsonl")
    write("wikidata", rows(f"{folder}/corpus.jsonl.gz"), queries, judged, {row["_id"]: row["_id"] for row in queries})


pages()
xquad()
wikidata()
