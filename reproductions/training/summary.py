"""Prints what tables.sh measured as Markdown tables.

usage: summary.py OUT
"""
import glob
import json
import os
import sys

out = sys.argv[1]
sets = [name for name in ("wikidata", "pages", "xquad") if glob.glob(f"{out}/results/{name}.*.json")]


def number(value):
    return f"{value:.3f}"


for kind, title in (("bi", "Bi-encoders, searching the collection"), ("cross", "Cross-encoders, reranking the first stage's best 20")):
    print(f"\n{title}. Differences and tests against `{kind}-source`, nDCG@10.\n")
    print("| set | system | nDCG@10, seed by seed | mean | RR@10 | difference | 95% interval | p (Holm) |\n|---|---|---|---|---|---|---|---|")
    for name in sets:
        path = f"{out}/results/{name}.{kind}.json"
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            compared = json.load(file)["comparisons"]
        ranked = {c["system"]["name"]: c for c in compared if c["measure"] == "nDCG@10"}
        first = {c["system"]["name"]: c["system"]["mean"] for c in compared if c["measure"] == "RR@10"}
        base = next(iter(ranked.values()))["baseline"]
        first[base["name"]] = next(c["baseline"]["mean"] for c in compared if c["measure"] == "RR@10")
        print(f"| {name} | {base['name']} | {', '.join(map(number, base['run_means']))} | {number(base['mean'])} | {number(first[base['name']])} | | | |")
        for system, c in ranked.items():
            low, high = c["interval"]
            chance = "< 0.0001" if c["corrected_p"] < 0.0001 else f"{c['corrected_p']:.4f}"
            star = " \\*" if c["significant"] else ""
            print(f"| | {system} | {', '.join(map(number, c['system']['run_means']))} | {number(c['system']['mean'])} | {number(first[system])} | {c['difference']:+.3f} | {low:+.3f} to {high:+.3f} | {chance}{star} |")

print("\nChosen on dev: the epoch kept, its nDCG@10, signs of collapse (bi-encoders), seconds of training.\n")
print("| set | recipe | epoch, by seed | dev nDCG@10 | mean cosine | AUC | effective rank | seconds |\n|---|---|---|---|---|---|---|---|")
for name in sets:
    for recipe in ("bi-source", "bi-mined", "cross-source", "cross-mined", "cross-start"):
        reached = []
        for path in sorted(glob.glob(f"{out}/models/{name}/{recipe}*/manifest.json")):
            with open(path, encoding="utf-8") as file:
                reached.append(json.load(file)["reached"])
        if not reached:
            continue
        after = [found["dev_after"] for found in reached]
        line = [name, recipe, ", ".join(found["chosen"].split(",")[0].removeprefix("epoch ") for found in reached), ", ".join(number(found["nDCG@10"]) for found in after)]
        for measure, digits in (("mean_cosine", 3), ("auc", 3), ("effective_rank", 0)):
            line.append(", ".join(f"{found[measure]:.{digits}f}" for found in after if measure in found))
        line.append(", ".join(f"{found['seconds']:.0f}" for found in reached))
        print("| " + " | ".join(line) + " |")
