"""Prints the README's tables from what run.sh measured.

usage: summary.py OUT
Per pair of languages the tests are those of `dragoman compare` (OUT/compare.tsv), corrected by Holm over the pairs of a set, split and direction. Over all pairs of a direction a
question counts once, with the mean of its differences over the languages: sign randomisation and percentile bootstrap over questions, seed 1.
"""
import collections
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
for name, pair, split, method, query, measure, value in lines("values.tsv"):
    values[name, pair, split, method, measure][query] = float(value)
tests = {(name, pair, split, system): float(p) for name, pair, split, _, _, system, _, _, _, _, _, _, p, *_ in lines("compare.tsv")}
groups = sorted({key[:3] for key in values})
sets = ["xquad", "opentelemetry", "fastapi", "electron", "mozilla-www", "tldr"]


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


def monolingual():
    found = {}
    for row in lines("monolingual/compare.tsv"):
        name, language, _, baseline, _, queries, before, after = row[:8]
        found[name, language, baseline] = (int(queries), float(before), float(after), float(row[11]))
    stems = holm({key: value[3] for key, value in found.items() if key[2] == "stopped" and value[1] != value[2]})
    stops = holm({key: value[3] for key, value in found.items() if key[2] == "stemmed" and value[1] != value[2]})
    rows = []
    order = ["xquad", "tldr", "fastapi", "mozilla-www", "opentelemetry", "flores", "kk-news"]
    for name, language in sorted({key[:2] for key in found}, key=lambda key: (order.index(key[0]), key[1])):
        queries, stopped, both, _ = found[name, language, "stopped"]
        stemmed, neither = found[name, language, "stemmed"][1], found[name, language, "neither"][1]

        def cell(adjusted, baseline, before):
            key = (name, language, baseline)
            if key not in adjusted:
                return "0"
            return f"{both - before:+.3f}" + (" \\*" if adjusted[key] < 0.05 else "")

        rows.append([name, language, queries, short(neither), short(stemmed), short(stopped), short(both), cell(stems, "stopped", stopped), cell(stops, "stemmed", stemmed)])
    print("## One language\n")
    table(["set", "language", "queries", "neither", "stemmed", "stopped", "both", "stemmer", "stop words"], rows)
    for what, baseline, adjusted in (("stemmer", "stopped", stems), ("stop words", "stemmed", stops)):
        gains = [found[key][2] - found[key][1] for key in adjusted]
        print(f"{what}: {len(gains)} rows where it changes anything, mean {mean(gains):+.4f}, higher in {sum(gain > 0 for gain in gains)}, lower in {sum(gain < 0 for gain in gains)}, "
              f"significant higher {sum(found[key][2] > found[key][1] and adjusted[key] < 0.05 for key in adjusted)}, lower {sum(found[key][2] < found[key][1] and adjusted[key] < 0.05 for key in adjusted)}\n")


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
if os.path.exists(os.path.join(out, "monolingual/compare.tsv")):
    monolingual()
