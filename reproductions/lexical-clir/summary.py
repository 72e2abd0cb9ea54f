"""Prints the README's tables from what run.sh measured.

usage: summary.py OUT
Per pair of languages the tests are those of `dragoman compare` (OUT/measured), corrected by Holm over the pairs of a set, split and direction. Over all pairs of a direction a
question counts once, with the mean of its differences over the languages: sign randomisation and percentile bootstrap over questions, seed 1.
"""
import collections
import json
import os
import random
import re
import sys

out = sys.argv[1]
methods = ["bm25", "mt-best", "mt-weighted", "psq-bm25", "psq-hmm", "dense", "psq+dense"]
measures = ["nDCG@10", "RR@10", "R@100"]


def lines(name):
    with open(os.path.join(out, name), encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def short(value):
    return re.sub(r"^(-?)0\.", r"\1.", f"{value:.3f}")


def table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print()


def holm(values):
    """Adjusted p of each key."""
    adjusted, highest = {}, 0.0
    for place, (key, p) in enumerate(sorted(values.items(), key=lambda item: item[1])):
        highest = max(highest, min(1.0, p * (len(values) - place)))
        adjusted[key] = highest
    return adjusted


def randomised(differences, rounds=20000):
    """Two-sided p by random signs, and the 95 % interval of the mean by the bootstrap."""
    chance, observed = random.Random(1), abs(sum(differences)) - 1e-12
    moving = [difference for difference in differences if difference]
    extreme = 0
    for _ in range(rounds):
        signs = chance.getrandbits(max(1, len(moving)))
        extreme += abs(sum(value if signs >> place & 1 else -value for place, value in enumerate(moving))) >= observed
    means = sorted(mean(chance.choices(differences, k=len(differences))) for _ in range(5000))
    return (extreme + 1) / (rounds + 1), means[125], means[4874]


def unit(query):
    """The question or page behind a query, whatever its language."""
    return re.sub(r"^(xquad-|q:[^/]+/)[^-/]+[-/]", "", query)


values = collections.defaultdict(dict)   # (set, pair, split, method, measure) -> {query: value}
tests = {}                                # (set, pair, split, method) -> p of nDCG@10 against psq-hmm
for file in sorted(os.listdir(os.path.join(out, "measured"))):
    if not file.endswith(".json"):
        continue
    name, pair, split, _ = file.split(".")
    with open(os.path.join(out, "measured", file), encoding="utf-8") as text:
        for found in json.load(text)["comparisons"]:
            rival, measure = found["system"]["name"], found["measure"]
            for line in found["by_query"]:
                values[name, pair, split, "psq-hmm", measure][line["query"]] = line["baseline"]
                values[name, pair, split, rival, measure][line["query"]] = line["system"]
            if measure == "nDCG@10":
                tests[name, pair, split, rival] = found["p"]
groups = sorted({key[:3] for key in values})
sets = [name for name in ("xquad", "opentelemetry", "fastapi", "electron", "mozilla-www", "tldr") if any(name == group[0] for group in groups)]


def pairs_of(name, split, direction):
    return [pair for found, pair, at, in groups if found == name and at == split and pair.startswith("zh-") == (direction == "zh →")]


def other(pair):
    return pair.replace("zh", "").strip("-")


def average(name, pair, split, method, measure):
    return mean(values[name, pair, split, method, measure].values())


def section(name, split, direction):
    pairs = pairs_of(name, split, direction)
    if not pairs:
        return
    print(f"### {name}, {split}, {direction}: nDCG@10\n")
    rows = [[other(pair), len(values[name, pair, split, "bm25", "nDCG@10"])] + [short(average(name, pair, split, method, "nDCG@10")) for method in methods] for pair in pairs]
    rows.append(["**mean**", ""] + [short(mean(average(name, pair, split, method, "nDCG@10") for pair in pairs)) for method in methods])
    table(["language", "queries"] + methods, rows)


def means(split_of):
    for measure in measures:
        print(f"### Means over pairs, {measure}\n")
        rows = []
        for name in sets:
            for split in split_of(name):
                for direction in ("zh →", "→ zh"):
                    pairs = pairs_of(name, split, direction)
                    rows.append([name, split, direction, len(pairs)] + [short(mean(average(name, pair, split, method, measure) for pair in pairs)) for method in methods])
        table(["set", "split", "direction", "pairs"] + methods, rows)


def claims(name, split, direction):
    pairs = pairs_of(name, split, direction)
    rows = []
    for rival in [method for method in methods if method != "psq-hmm"]:
        adjusted = holm({pair: tests[name, pair, split, rival] for pair in pairs})
        gains = {pair: average(name, pair, split, "psq-hmm", "nDCG@10") - average(name, pair, split, rival, "nDCG@10") for pair in pairs}
        by_unit = collections.defaultdict(list)
        for pair in pairs:
            ours, theirs = values[name, pair, split, "psq-hmm", "nDCG@10"], values[name, pair, split, rival, "nDCG@10"]
            for query in ours:
                by_unit[unit(query)].append(ours[query] - theirs[query])
        differences = [mean(found) for found in by_unit.values()]
        p, low, high = randomised(differences)
        better = [other(pair) for pair in pairs if gains[pair] > 0 and adjusted[pair] < 0.05]
        worse = [other(pair) for pair in pairs if gains[pair] < 0 and adjusted[pair] < 0.05]
        rows.append([name, split, direction, rival, len(differences), f"{mean(differences):+.3f}", f"{low:+.3f} to {high:+.3f}", "< .0001" if p < 1e-4 else f"{p:.4f}",
                     f"{len(better)} of {len(pairs)}", " ".join(worse) or "none", " ".join(other(pair) for pair in pairs if gains[pair] < 0 and adjusted[pair] >= 0.05) or "none"])
    return rows


def monolingual(file, order, title):
    found = {}
    for row in lines(file):
        name, language, _, baseline, _, queries, before, after = row[:8]
        found[name, language, baseline] = (int(queries), float(before), float(after), float(row[11]))
    changed = {baseline: {key: value for key, value in found.items() if key[2] == baseline and value[1] != value[2]} for baseline in ("stopped", "stemmed")}
    adjusted = {baseline: holm({key: value[3] for key, value in rows.items()}) for baseline, rows in changed.items()}
    print(f"## One language, {title}\n")
    rows = []
    for name, language in sorted({key[:2] for key in found}, key=lambda key: (order.index(key[0]), key[1])):
        queries, stopped, both, _ = found[name, language, "stopped"]
        row = [name, language, queries, short(found[name, language, "neither"][1]), short(found[name, language, "stemmed"][1]), short(stopped), short(both)]
        for baseline in ("stopped", "stemmed"):
            key = (name, language, baseline)
            row.append(f"{both - found[key][1]:+.3f}" + (f" (p {adjusted[baseline][key]:.3f})" if adjusted[baseline][key] < 0.1 else "") if key in adjusted[baseline] else "0")
        rows.append(row)
    table(["set", "language", "queries", "neither", "stemmed", "stopped", "both", "stemmer", "stop words"], rows)
    for baseline, what in (("stopped", "stemmer"), ("stemmed", "stop words")):
        gains = {key: value[2] - value[1] for key, value in changed[baseline].items()}
        sure = [key for key in gains if adjusted[baseline][key] < 0.05]
        print(f"{what}: changes {len(gains)} rows, mean {mean(gains.values()):+.4f}; higher in {sum(gain > 0 for gain in gains.values())}, lower in {sum(gain < 0 for gain in gains.values())}; "
              f"significant (Holm over the rows) higher {' '.join(key[1] for key in sure if gains[key] > 0) or 'none'}, lower {' '.join(key[1] for key in sure if gains[key] < 0) or 'none'}\n")


def splits(name):
    return ["dev", "test"] if name == "xquad" else ["all"]


if values:
    for name in sets:
        for split in splits(name):
            for direction in ("zh →", "→ zh"):
                section(name, split, direction)
    means(splits)
    print("## PSQ-HMM against the others, nDCG@10\n")
    table(["set", "split", "direction", "against", "questions", "difference", "95 %", "p", "significantly better in", "significantly worse in", "lower, not significant"],
          [row for name in sets for split in splits(name) if split != "dev" for direction in ("zh →", "→ zh") for row in claims(name, split, direction)])
if os.path.exists(os.path.join(out, "monolingual/pooled.tsv")):
    monolingual("monolingual/pooled.tsv", ["judged"], "all judged sets of a language together")
    monolingual("monolingual/compare.tsv", ["xquad", "tldr", "fastapi", "mozilla-www", "opentelemetry", "flores", "kk-news"], "set by set")
