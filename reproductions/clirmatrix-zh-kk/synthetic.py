#!/usr/bin/env python3
"""Makes up a collection in the format of CLIRMatrix BI-139 zh-kk: kk.tsv.gz and zh.kk.{train,dev,test1}.base.jl.gz, 200 queries in all with 100 candidates each, and vocab.txt.

Each character of a query has one made-up Kazakh word. A document of grade g holds the words of its query the more, the higher g is; the others are of other queries. The number of candidates with each grade follows that
of the source's test file (1,088 queries: grade 1 5,042, 2 3,633, 3 1,838, 4 802, 5 262, 6 110; best grade 6 for 110, 5 for 153, 4 for 240, 3 for 217, 2 for 245, 1 for 123), the rest is 0.
Usage: synthetic.py FOLDER [SEED]
"""
import gzip, json, os, random, sys

GRADES = {1: 5042, 2: 3633, 3: 1838, 4: 802, 5: 262, 6: 110}
BEST = {6: 110, 5: 153, 4: 240, 3: 217, 2: 245, 1: 123}
SPLITS = {"train": 120, "dev": 40, "test1": 40}
CHARACTERS, RELEVANT, CANDIDATES = 60, 10.7, 100


def lines(path, rows):
    with gzip.GzipFile(filename="", fileobj=open(path, "wb"), mode="wb", mtime=0) as file:
        for row in rows:
            file.write((row + "\n").encode())


def main(folder, seed):
    draw = random.Random(seed)
    characters = [chr(0x4E00 + 37 * i) for i in range(CHARACTERS)]
    letters = "абвгғдежзийкқлмнңоөпрстуұүхһшыі"
    words = set()
    while len(words) < CHARACTERS + 200:
        words.add("".join(draw.choice(letters) for _ in range(draw.randint(4, 7))))
    words = sorted(words)
    draw.shuffle(words)
    word_of, filler = dict(zip(characters, words)), words[CHARACTERS:]
    documents, graded, queries = {}, [], []

    def document(own, share):
        length = draw.randint(20, 40)
        return " ".join(draw.choice(own) if own and draw.random() < share else draw.choice(filler) for _ in range(length))

    for number in range(sum(SPLITS.values())):
        query = draw.sample(characters, 3)
        own, other = [word_of[c] for c in query], [word_of[c] for c in characters if c not in query]
        best = draw.choices(list(BEST), BEST.values())[0]
        count = max(1, min(CANDIDATES - 1, round(draw.expovariate(1 / (RELEVANT - 1))) + 1))
        lower = [g for g in GRADES if g <= best]
        grades = sorted([best] + draw.choices(lower, [GRADES[g] for g in lower], k=count - 1), reverse=True)
        relevant = []
        for grade in grades:
            name = str(100000 + len(documents))
            documents[name] = document(own, 0.1 * grade) + " " + draw.choice(own) + " " + draw.choice(other)
            relevant.append([name, grade])
        queries.append((str(2000 + number), "".join(query), relevant))
    names = sorted(documents)
    first = 0
    for split, count in SPLITS.items():
        rows = []
        for name, text, relevant in queries[first:first + count]:
            taken = {document for document, _ in relevant}
            fill = draw.sample([document for document in names if document not in taken], CANDIDATES - len(relevant))
            rows.append(json.dumps({"src_id": name, "src_query": text, "tgt_results": relevant + [[document, 0] for document in fill]}, ensure_ascii=False))
        lines(os.path.join(folder, f"zh.kk.{split}.base.jl.gz"), rows)
        first += count
    lines(os.path.join(folder, "kk.tsv.gz"), [f"{name}\t{documents[name]}" for name in names])
    os.makedirs(os.path.join(folder, "vocabulary"), exist_ok=True)
    with open(os.path.join(folder, "vocabulary", "vocab.txt"), "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + characters + words) + "\n")
    with open(os.path.join(folder, "vocabulary", "tokenizer_config.json"), "w", encoding="utf-8") as file:
        json.dump({"do_lower_case": False}, file)
    print(f"{len(queries)} queries, {len(documents)} documents, {sum(len(relevant) for _, _, relevant in queries) / len(queries):.1f} relevant a query, in {folder}")


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 42)
