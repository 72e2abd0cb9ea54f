"""Trains a cross-encoder in plain PyTorch from the weights and batches that benchmarks/encoders wrote, in float32, and compares the loss of every step with Dragoman's.

Usage: torch_loss_curve.py FOLDER THREADS. The folder holds model.safetensors, batches.json and losses.tsv. Prints 'measure<TAB>value' lines.
"""
import json
import math
import struct
import sys

import torch
import torch.nn.functional as F

folder, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(threads)
with open(f"{folder}/model.safetensors", "rb") as file:
    header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    data = bytearray(file.read())
header.pop("__metadata__", None)
weights = {}
for name, entry in header.items():
    start, end = entry["data_offsets"]
    values = torch.frombuffer(data, dtype=torch.float32, count=(end - start) // 4, offset=start).view(entry["shape"])
    weights[name.removeprefix("bert.")] = values.clone().requires_grad_()
del data
plan = json.load(open(f"{folder}/batches.json", encoding="utf-8"))
ours = [float(line) for line in open(f"{folder}/losses.tsv", encoding="utf-8")]
heads = plan["heads"]
layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))


def dense(x, name):
    return F.linear(x, weights[f"{name}.weight"], weights[f"{name}.bias"])


def norm(x, name):
    return F.layer_norm(x, x.shape[-1:], weights[f"{name}.weight"], weights[f"{name}.bias"], 1e-12)


def forward(ids, types, mask):
    b, t = ids.shape
    tables = "embeddings.{}_embeddings.weight"
    x = F.embedding(ids, weights[tables.format("word")], padding_idx=0) + weights[tables.format("position")][:t] + F.embedding(types, weights[tables.format("token_type")])
    x = norm(x, "embeddings.LayerNorm")
    bias = ((1 - mask) * -10000.0)[:, None, None, :]
    for layer in range(layers):
        key = f"encoder.layer.{layer}"
        q, k, v = (dense(x, f"{key}.attention.self.{part}").view(b, t, heads, -1).transpose(1, 2) for part in ("query", "key", "value"))
        w = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]) + bias, -1)
        x = norm(x + dense((w @ v).transpose(1, 2).reshape(b, t, -1), f"{key}.attention.output.dense"), f"{key}.attention.output.LayerNorm")
        x = norm(x + dense(F.gelu(dense(x, f"{key}.intermediate.dense")), f"{key}.output.dense"), f"{key}.output.LayerNorm")
    return dense(torch.tanh(dense(x[:, 0], "pooler.dense")), "classifier")[:, 0]


optimiser = torch.optim.AdamW(weights.values(), lr=plan["rate"], weight_decay=0.01)
theirs = []
for batch in plan["batches"]:
    longest = max(len(pair["ids"]) for pair in batch)
    padded = lambda key: torch.tensor([pair[key] + [0] * (longest - len(pair[key])) for pair in batch])
    mask = torch.tensor([[1.0] * len(pair["ids"]) + [0.0] * (longest - len(pair["ids"])) for pair in batch])
    loss = (1 - forward(padded("ids"), padded("types"), mask).view(-1, 2).softmax(1)[:, 0]).mean()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    theirs.append(float(loss))
print("steps", len(theirs), sep="\t")
print("loss of the first step", theirs[0], sep="\t")
print("loss of the last step", theirs[-1], sep="\t")
print("greatest difference of a loss", max(abs(mine - other) for mine, other in zip(ours, theirs)), sep="\t")
