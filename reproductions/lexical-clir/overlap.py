"""How much of the collections stands word for word in the parallel text that the tables were learned from.

usage: overlap.py DATA SETS ORIGIN...     rows whose src is an ORIGIN are looked at by themselves: the tables have not seen them
Prints, for each set and language, the share of the passages' sentences of 20 letters (zh, ja, th: 10) or more, and of the queries, that a row of the parallel text has in that
language; a query counts when the row also has the other language of a pair with Chinese (zh queries: any language of the set).
"""
import collections
import gzip
import json
import os
import re
import sys
import unicodedata

data, sets = sys.argv[1:3]
origins = set(sys.argv[3:])
files = ("l10n-prose", "l10n-ui", "tatoeba", "tico19", "udhr", "bible")


def key(text):
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if unicodedata.category(c)[0] in "LNM")


def sentences(text, language):
    fewest = 10 if language in ("zh", "ja", "th") else 20
    found = {key(sentence) for line in text.split("\n") for sentence in re.split(r"(?<=[.!?।。！？])\s*", line)} | {key(line) for line in text.split("\n")}
    return {sentence for sentence in found if len(sentence) >= fewest}


known = {True: collections.defaultdict(set), False: collections.defaultdict(set)}   # by whether the row was left out of the tables
for name in files:
    with gzip.open(os.path.join(data, "parallel", name + ".jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if "zh" not in row:
                continue
            place = known[row.get("src") in origins]
            for language, text in row.items():
                if language not in ("_id", "src"):
                    place[language].add(key(text))
                    place[language].update(sentences(text, language))

print("set\tlanguage\tsentences\tin the tables' text\tin text left out\tqueries\tin the tables' text\tin text left out")
for name in sorted(os.listdir(sets)):
    found = collections.defaultdict(set)
    with open(os.path.join(sets, name, "corpus.jsonl"), encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found[row["lang"]] |= sentences(row["text"], row["lang"])
    asked = collections.defaultdict(list)
    for part in ("from-zh", "to-zh"):
        with open(os.path.join(sets, name, part + ".jsonl"), encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                asked[row["lang"]].append(key(row["text"]))
    total = collections.Counter()
    for language in sorted(found):
        values = [len(found[language]), len(found[language] & known[False][language]), len(found[language] & known[True][language]), len(asked[language]),
                  sum(query in known[False][language] for query in asked[language]), sum(query in known[True][language] for query in asked[language])]
        total.update(dict(enumerate(values)))
        print(name, language, *values, sep="\t")
    print(name, "all", *(total[place] for place in range(6)), sep="\t")
