"""Prints the share of examples that a training kept, over its epochs with sampling.

usage: rate.py MANIFEST
"""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    parts = [part for part in json.load(file)["sampling"] if part["part"] == "examples"]
print(f"{sum(part['accepted'] for part in parts) / sum(part['proposals'] for part in parts):.4f}")
