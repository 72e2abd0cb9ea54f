"""Prints what tables.sh measured as Markdown tables, and draws OUT/plots/SET.svg: nDCG@10 of each arm against the share of mismatched positives.

usage: summary.py OUT
"""
import collections
import gzip
import json
import os
import re
import statistics
import sys

out = sys.argv[1]
arms = ["start", "plain", "random", "hardest", "seed-literal", "list", "graded", "bounded", "a2", "a4-weigh", "a4-sample", "a4-mixture", "a6", "hard", "a7", "a7-a4"]
arms += [arm + "-examples" for arm in ("random", "hardest", "seed-literal", "a4-sample")]
levels = [f"mismatched-{share}" for share in ("0", "0.1", "0.2", "0.3", "0.4")] + ["hidden-0.25", "hidden-0.5", "jitter-0.5"]
sets = ["xquad", "pages", "wikidata"]
measures = ["nDCG@10", "RR@10", "R@100"]


def read(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def results(name, level, measure):
    """Each arm against plain fine-tuning of the same seeds; Holm over all arms of the set and level."""
    folder = f"{out}/results/comparisons/{name}.{level}"
    found = {}
    for entry in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if entry.startswith(measure + "."):
            found.update({c["system"]["name"]: c for c in read(f"{folder}/{entry}")["comparisons"]})
    least = 0
    for number, c in enumerate(sorted(found.values(), key=lambda c: c["p"])):
        least = c["corrected_p"] = min(1, max(least, c["p"] * (len(found) - number)))
        c["significant"] = least < 0.05
    return found


def base_of(found):
    """Plain fine-tuning with the most seeds."""
    return max((c["baseline"] for c in found.values()), key=lambda base: len(base["run_means"]))


def manifests(name, level, arm):
    folder = f"{out}/models/{name}/{level}"
    found = sorted(entry for entry in os.listdir(folder) if re.fullmatch(re.escape(arm) + r"-\d+", entry)) if os.path.isdir(folder) else []
    return [read(f"{folder}/{entry}/manifest.json") for entry in found if os.path.exists(f"{folder}/{entry}/manifest.json")]


def chance(p):
    return "< .0001" if p < 0.0001 else f"{p:.4f}".lstrip("0") if p < 1 else "1"


def short(value):
    return f"{value:.3f}".replace("0.", ".", 1)


def star(comparison):
    return " \\*" if comparison["significant"] else ""


def comparisons(name, level):
    found = {measure: results(name, level, measure) for measure in measures}
    if not found["nDCG@10"]:
        return
    base = base_of(found["nDCG@10"])
    print(f"\n### `{name}`, {level.replace('-', ' ')}\n")
    print("| arm | seeds | nDCG@10 | difference | 95% interval | p (Holm) | smallest found | RR@10 | R@100 |\n|---|---|---|---|---|---|---|---|---|")
    others = [short(base_of(found[measure])["mean"]) if found[measure] else "" for measure in measures[1:]]
    print(f"| plain | {len(base['run_means'])} | {short(base['mean'])} | | | | | {' | '.join(others)} |")
    for arm in [arm for arm in arms if arm in found["nDCG@10"]]:
        c = found["nDCG@10"][arm]
        low, high = c["interval"]
        others = [short(found[measure][arm]["system"]["mean"]) if arm in found[measure] else "" for measure in measures[1:]]
        detectable = c["minimal_detectable_difference"]
        print(f"| {arm} | {len(c['system']['run_means'])} | {short(c['system']['mean'])} | {c['difference']:+.4f} | {low:+.4f} to {high:+.4f} | {chance(c['corrected_p'])}{star(c)} "
              f"| {'' if detectable is None else short(detectable)} | {' | '.join(others)} |")


def criterion():
    print("\n## The criterion\n\nDifferences from `plain` in nDCG@10; \\*: Holm p < .05. An arm succeeds with +.01 and a star at every ρ ≥ .2, and at ρ = 0 no less than -.005, on both sets.\n")
    shares = ("0", "0.2", "0.3", "0.4")
    found = {(name, share): results(name, f"mismatched-{share}", "nDCG@10") for name in sets[:2] for share in shares}
    print("| arm | " + " | ".join(f"{name}, ρ = {share}" for name in sets[:2] for share in shares) + " | |\n|---|" + "---|" * (2 * len(shares) + 1))
    for arm in arms[1:]:
        cells, passes = [], []
        for (name, share), systems in found.items():
            if arm not in systems:
                cells.append("")
                passes.append(None)
                continue
            c = systems[arm]
            cells.append(f"{c['difference']:+.4f}{star(c)}")
            passes.append(c["difference"] >= -0.005 if share == "0" else c["significant"] and c["difference"] >= 0.01)
        if any(cells):
            verdict = "no" if False in passes else "not all measured" if None in passes else "**yes**"
            print(f"| {arm} | {' | '.join(cells)} | {verdict} |")


def detection():
    rows = collections.defaultdict(list)
    folder = f"{out}/results/detection"
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        match = re.fullmatch(r"(\w+)\.(\w+-[\d.]+)\.([\w-]+)-\d+\.json", name)
        if match:
            named, level, arm = match.groups()
            for part in read(f"{folder}/{name}"):
                rows[named, level, part["part"], arm].append(part)
    if not rows:
        return
    print("\n## What the filters noticed\n\nMeans over seeds and the epochs with a filter. Of examples and positives, noisy is a passage that does not answer; of negatives, one that does. Precision and recall: of rejection.\n")
    print("| set | noise | part | arm | AUC | precision | recall | noise before | after | by the formula |\n|---|---|---|---|---|---|---|---|---|---|")

    def mean(parts, key):
        values = [part[key] for part in parts if part[key] is not None]
        return short(statistics.fmean(values)) if values else ""

    for (named, level, part, arm), parts in sorted(rows.items(), key=lambda row: (sets.index(row[0][0]), levels.index(row[0][1]), row[0][2], arms.index(row[0][3]))):
        print(f"| {named} | {level.replace('-', ' ')} | {part} | {arm} | " + " | ".join(mean(parts, key) for key in ("auc", "precision", "recall", "noise_before", "noise_after", "noise_expected")) + " |")


def tokens(name):
    """Mean tokens of a training query and of a passage, as far as the model reads them."""
    path = f"{out}/{name}.tokens.json"
    return read(path) if os.path.exists(path) else None


def costs():
    print("\n## Costs\n\nOf a training at ρ = .2 (means over seeds): steps; groups passed forward and backward, by the student and by teachers in training; pairs that teachers and the student scored for the filter; examples kept; floating-point operations. Teachers are counted for each arm as if it had trained its own.\n")
    print("| set | arm | steps | groups, student | groups, teachers | pairs scored by teachers | share kept | FLOP, student | FLOP, teachers |\n|---|---|---|---|---|---|---|---|---|")
    layer = 4 * 384 * 384 + 2 * 384 * 1024                                     # weights of the one layer that is multiplied with every token
    for name in sets:
        length = tokens(name)
        for arm in arms[1:]:
            found = manifests(name, "mismatched-0.2", arm)
            if not found:
                continue
            steps = statistics.fmean(m["reached"]["steps"] for m in found)
            own = statistics.fmean(sum(epoch.get("groups", m["groups"]) for epoch in m["history"]) for m in found)
            folds = statistics.fmean(sum(fold["groups"] for fold in m.get("teacher", {}).get("folds", [])) for m in found)
            pairs = statistics.fmean(m.get("teacher", {}).get("pairs", 0) for m in found)
            kept = [part["accepted"] / part["proposals"] if part.get("mean_weight", 1) == 1 else part["expected_rate"] for m in found for part in m.get("sampling", []) if part["part"] == "examples"]
            if length:
                texts = 2 if arm in ("hard", "a6", "a7", "a7-a4") else 5 if arm in ("list", "bounded") else 8 if arm == "graded" and name != "pages" else 5 if arm == "graded" else 1
                group = length["query"] + texts * length["passage"]
                # Passages are encoded once for many pairs: by each of five models at most the whole collection.
                flop = [f"{6 * layer * own * group:.1e}", f"{6 * layer * folds * group + 2 * layer * min(pairs, 5 * length['passages']) * length['passage']:.1e}" if folds else ""]
            else:
                flop = ["", ""]
            print(f"| {name} | {arm} | {steps:.0f} | {own:.0f} | {folds:.0f} | {pairs:.0f} | {short(statistics.fmean(kept)) if kept else ''} | {flop[0]} | {flop[1]} |")


def plot(name, drawn):
    points = collections.defaultdict(dict)
    for share in ("0", "0.1", "0.2", "0.3", "0.4"):
        found = results(name, f"mismatched-{share}", "nDCG@10")
        if found:
            points["plain"][float(share)] = base_of(found)["mean"]
        for arm, c in found.items():
            points[arm][float(share)] = c["system"]["mean"]
    lines = {arm: points[arm] for arm in drawn if len(points[arm]) > 1}
    if not lines:
        return
    colours = ["#000000", "#0072b2", "#56b4e9", "#009e73", "#d55e00", "#cc79a7", "#e69f00", "#999999", "#7f3c8d", "#a5561e"]
    values = [value for line in lines.values() for value in line.values()]
    low, high = min(values) - 0.005, max(values) + 0.005
    x, y = lambda share: 60 + share / 0.4 * 520, lambda value: 330 - (value - low) / (high - low) * 300
    parts = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 380" font-family="sans-serif" font-size="12">', '<rect width="760" height="380" fill="#fff"/>']
    step = 0.01 if high - low < 0.12 else 0.02
    tick = -(-low // step) * step
    while tick <= high:
        parts += [f'<path d="M60 {y(tick):.1f}H580" stroke="#ddd"/>', f'<text x="54" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:.2f}</text>']
        tick += step
    parts += [f'<text x="{x(share):.0f}" y="350" text-anchor="middle">{share:g}</text>' for share in (0, 0.1, 0.2, 0.3, 0.4)]
    parts += ['<text x="320" y="372" text-anchor="middle">share of mismatched positives, ρ</text>', f'<text x="60" y="18">{name}: nDCG@10 on test</text>']
    for number, (arm, line) in enumerate(lines.items()):
        colour = colours[number % len(colours)]
        at = [(x(share), y(value)) for share, value in sorted(line.items())]
        parts.append('<polyline fill="none" stroke-width="2" stroke="' + colour + '" points="' + " ".join(f"{px:.1f},{py:.1f}" for px, py in at) + '"/>')
        parts += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{colour}"/>' for px, py in at]
        parts += [f'<path d="M596 {40 + 22 * number}h24" stroke="{colour}" stroke-width="2"/>', f'<text x="626" y="{44 + 22 * number}">{arm}</text>']
    os.makedirs(f"{out}/plots", exist_ok=True)
    with open(f"{out}/plots/{name}.svg", "w", encoding="utf-8") as file:
        file.write("\n".join(parts + ["</svg>", ""]))


criterion()
print("\n## All comparisons\n\nDifferences are from `plain` with the same seeds; \\*: Holm p < .05 over the arms of a table. The smallest found: the difference that the test would find with 80% chance.")
for name in sets:
    for level in levels:
        comparisons(name, level)
detection()
costs()
for name in sets:
    plot(name, ["plain", "a4-weigh", "a4-sample", "a4-mixture", "a7", "a7-a4", "hard", "random", "seed-literal", "a6"])
