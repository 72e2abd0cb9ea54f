"""Writes how many tokens a training query and a passage have on average, as far as the model reads them, and how many passages there are.

usage: tokens.py SET_FOLDER MODEL OUTPUT DRAGOMAN...
"""
import json
import os
import shlex
import statistics
import subprocess
import sys

folder, model, output = sys.argv[1:4]
program = shlex.split(" ".join(sys.argv[4:]))


def mean(texts, most):
    lines = "".join(" ".join(text.split()) + "\n" for text in texts)
    shown = subprocess.run(program + ["tokenize", "--model", model], input=lines, capture_output=True, text=True, check=True).stdout
    return statistics.fmean(min(most, len(json.loads(line)["ids"])) for line in shown.splitlines())


def rows(name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


passages = rows("corpus.jsonl")
with open(output, "w", encoding="utf-8") as file:
    json.dump({"query": mean((row["text"] for row in rows("queries.jsonl")), 24), "passage": mean((row["title"] + " " + row["text"] for row in passages), 64), "passages": len(passages)}, file)
