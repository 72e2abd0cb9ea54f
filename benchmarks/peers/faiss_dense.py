"""Dense search by faiss: Flat and HNSW32 over the vectors of benchmarks/dense. Prints 'faiss<TAB>setting<TAB>measure<TAB>value' lines.

Usage: faiss_dense.py FOLDER THREADS. The truth is what Flat finds; recall of Dragoman's runs is against Dragoman's exact search.
"""
import os
import sys
import time

import faiss
import numpy

WIDTH, DEPTH = 384, 10


def timed(work):
    processor, start = time.process_time(), time.perf_counter()
    result = work()
    return result, time.process_time() - processor, time.perf_counter() - start


def note(setting, measure, value):
    print(f"faiss\t{setting}\t{measure}\t{value:.4f}", flush=True)


def search(index, queries, setting, truth):
    index.search(queries[:1000], DEPTH)
    (_, found), processor, elapsed = timed(lambda: index.search(queries, DEPTH))
    note(setting, "queries a processor second", len(queries) / processor)
    note(setting, "queries a second", len(queries) / elapsed)
    if truth is not None:
        note(setting, "recall@10", sum(len(set(a) & set(b)) for a, b in zip(found, truth)) / truth.size)
    return found


def main():
    folder, threads = sys.argv[1], int(sys.argv[2])
    faiss.omp_set_num_threads(threads)
    passages = numpy.fromfile(os.path.join(folder, "passages.f32"), numpy.float32).reshape(-1, WIDTH)
    queries = numpy.fromfile(os.path.join(folder, "queries.f32"), numpy.float32).reshape(-1, WIDTH)

    flat = faiss.IndexFlatIP(WIDTH)
    flat.add(passages)
    truth = search(flat, queries, "Flat, all at once", None)
    one = min(50, len(queries))
    _, processor, elapsed = timed(lambda: [flat.search(queries[place:place + 1], DEPTH) for place in range(one)])
    note("Flat, one by one", "queries a processor second", one / processor)
    note("Flat, one by one", "GB of vectors a second", one * passages.nbytes / elapsed / 1e9)
    del flat

    graph = faiss.IndexHNSWFlat(WIDTH, 32, faiss.METRIC_INNER_PRODUCT)
    _, processor, elapsed = timed(lambda: graph.add(passages))
    note("HNSW32", "graph, processor s", processor)
    note("HNSW32", "graph, elapsed s", elapsed)
    file = os.path.join(folder, "faiss.index")
    faiss.write_index(graph, file)
    note("HNSW32", "graph, MiB", (os.path.getsize(file) - passages.nbytes) / 2**20)
    os.remove(file)
    for breadth in (10, 20, 40, 80, 160, 320, 640):
        graph.hnsw.efSearch = breadth
        search(graph, queries, f"HNSW32, breadth {breadth}", truth)


main()
