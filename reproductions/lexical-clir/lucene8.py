"""BM25's top tens beside Lucene 8's.

usage: lucene8.py FIXTURE RUN09 RUN12
FIXTURE is the folder with docs.txt.gz, queries.txt.gz and Lucene's runs; RUN09 and RUN12 are Dragoman's for k1 0.9, b 0.4 and k1 1.2, b 0.75, with scores.
For each query, the ten are the same set; or each passage of one ten that is not in the other has a partner there with which it changed places, and BM25 with Lucene's one-byte
lengths (SmallFloat: exact below 24, then four significant bits, rounded down) puts the two in Lucene's order, or even. Printed is also how far Lucene's scores are from that BM25.
"""
import collections
import gzip
import math
import sys

fixture, *ours = sys.argv[1:]


def read(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        return [line.split() for line in lines]


passages = [(line[0], collections.Counter(line[1:])) for line in read(fixture + "/docs.txt.gz")]
queries = [(line[0], collections.Counter(line[1:])) for line in read(fixture + "/queries.txt.gz")]
lengths = [sum(terms.values()) for _, terms in passages]
average = sum(lengths) / len(lengths)
postings = collections.defaultdict(list)
for place, (_, terms) in enumerate(passages):
    for term, count in terms.items():
        postings[term].append((place, count))


def one_byte(length):
    if length < 24:
        return length
    shift = max(0, (length - 24).bit_length() - 4)
    return 24 + ((length - 24) >> shift << shift)


def scores(query, k1, b, length_of):
    found = collections.Counter()
    for term, weight in query.items():
        rarity = math.log(1 + (len(passages) - len(postings[term]) + 0.5) / (len(postings[term]) + 0.5))
        for place, count in postings[term]:
            found[passages[place][0]] += weight * rarity * count / (count + k1 * (1 - b + b * length_of(lengths[place]) / average))
    return found


for (k1, b), path in zip(((0.9, 0.4), (1.2, 0.75)), ours):
    lucene, dragoman = collections.defaultdict(list), collections.defaultdict(list)
    for table, source in ((lucene, f"{fixture}/k1-{k1}-b-{b}.run.txt.gz"), (dragoman, path)):
        for query, _, passage, _, score, _ in read(source):
            table[query].append((passage, float(score)))
    same = explained = 0
    apart = 0.0
    for key, query in queries:
        rounded = scores(query, k1, b, one_byte)
        apart = max(apart, max(abs(rounded[passage] - score) for passage, score in lucene[key]))
        theirs, mine = ({passage for passage, _ in table[key][:10]} for table in (lucene, dragoman))
        exact = scores(query, k1, b, lambda length: length)
        same += mine == theirs
        explained += all(exact[gone] <= exact[come] + 1e-6 and rounded[gone] >= rounded[come] - 1e-6 for gone in theirs - mine for come in mine - theirs)
    print(f"k1 {k1}, b {b}: {len(queries)} queries, the same ten for {same}, the same but for exchanges by one-byte lengths for {explained}; "
          f"Lucene's scores are within {apart:.1e} of BM25 with one-byte lengths")
