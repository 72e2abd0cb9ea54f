import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;

/** Indexing and BM25 search by Lucene 8, as benchmarks/lexical does them: index|search FOLDER THREADS. Texts are stored, the index is merged into one segment. */
public class LuceneLexical {
  static long cpu() { return ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime(); }

  static long threadCpu() { return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(); }

  static void note(String measure, double value) { System.out.printf(Locale.ROOT, "Lucene 8\t%s\t%.3f%n", measure, value); }

  static void rate(String name, int count, Callable<?> work) throws Exception {
    long cpu = cpu(), start = System.nanoTime();
    work.call();
    double elapsed = (System.nanoTime() - start) / 1e9, used = (cpu() - cpu) / 1e9;
    note(name + " a processor second", count / used);
    note(name + " a second", count / elapsed);
  }

  static void peak(String name) throws Exception {
    for (String line : Files.readAllLines(Paths.get("/proc/self/status"))) if (line.startsWith("VmHWM")) note(name + ", peak MiB", Long.parseLong(line.replaceAll("\\D", "")) / 1024.0);
  }

  static Query parse(String text) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (String term : text.split(" ")) query.add(new TermQuery(new Term("body", term)), BooleanClause.Occur.SHOULD);
    return query.build();
  }

  static void index(Path folder, MMapDirectory directory, int threads) throws Exception {
    IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer()).setOpenMode(IndexWriterConfig.OpenMode.CREATE).setSimilarity(new BM25Similarity(0.9f, 0.4f)).setRAMBufferSizeMB(512);
    try (IndexWriter writer = new IndexWriter(directory, config); BufferedReader lines = Files.newBufferedReader(folder.resolve("docs.tsv"), StandardCharsets.UTF_8)) {
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) done.add(pool.submit(() -> {
        for (String line; ; ) {
          synchronized (lines) { line = lines.readLine(); }
          if (line == null) return null;
          int tab = line.indexOf('\t');
          Document document = new Document();
          document.add(new StringField("id", line.substring(0, tab), Field.Store.NO));
          document.add(new BinaryDocValuesField("id", new BytesRef(line.substring(0, tab))));
          document.add(new TextField("body", line.substring(tab + 1), Field.Store.YES));
          writer.addDocument(document);
        }
      }));
      for (Future<?> one : done) one.get();
      pool.shutdown();
      writer.forceMerge(1);
    }
  }

  static void search(IndexSearcher searcher, String text, int depth) throws Exception {
    ScoreDoc[] found = searcher.search(parse(text), depth).scoreDocs;
    // Ids come from doc values, document by document in order: one by one from the stored, compressed texts they would take most of the time.
    int[] documents = Arrays.stream(found).mapToInt(one -> one.doc).sorted().toArray();
    BinaryDocValues ids = searcher.getIndexReader().leaves().get(0).reader().getBinaryDocValues("id");
    for (int document : documents) if (ids.advanceExact(document)) ids.binaryValue().utf8ToString();
  }

  static void searchAll(IndexSearcher searcher, List<String> queries, int depth, int threads) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> done = new ArrayList<>();
    for (String query : queries) done.add(pool.submit(() -> { search(searcher, query, depth); return null; }));
    for (Future<?> one : done) one.get();
    pool.shutdown();
  }

  static void measure(IndexSearcher searcher, String kind, List<String> queries, int depth, int threads) throws Exception {
    String name = kind + ", depth " + depth;
    for (long start = System.nanoTime(); System.nanoTime() - start < 2_000_000_000L; ) searchAll(searcher, queries, depth, threads);
    long begin = System.nanoTime(), cpu = cpu(), times = 0;
    for (; System.nanoTime() - begin < 2_000_000_000L; times++) searchAll(searcher, queries, depth, threads);
    double took = (System.nanoTime() - begin) / 1e9, used = (cpu() - cpu) / 1e9;
    note(name + ": queries a processor second", times * queries.size() / used);
    note(name + ": queries a second", times * queries.size() / took);
    long[] processor = new long[queries.size()], elapsed = new long[queries.size()];
    for (int query = 0; query < elapsed.length; query++) {
      long before = threadCpu(), start = System.nanoTime();
      search(searcher, queries.get(query), depth);
      elapsed[query] = System.nanoTime() - start;
      processor[query] = threadCpu() - before;
    }
    Arrays.sort(processor);
    Arrays.sort(elapsed);
    note(name + ", p99 processor ms", processor[(int) (processor.length * 0.99)] / 1e6);
    note(name + ", p99 elapsed ms", elapsed[(int) (elapsed.length * 0.99)] / 1e6);
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Paths.get(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    MMapDirectory directory = new MMapDirectory(folder.resolve("lucene"));
    if (arguments[0].equals("index")) {
      int documents = (int) Files.lines(folder.resolve("docs.tsv")).count();
      rate("documents", documents, () -> { index(folder, directory, threads); return null; });
      peak("indexing");
      long bytes = 0;
      for (String file : directory.listAll()) bytes += directory.fileLength(file);
      note("index, MiB", bytes / 1048576.0);
      return;
    }
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    for (String line : Files.readAllLines(folder.resolve("queries.tsv"))) kinds.computeIfAbsent(line.substring(0, line.indexOf('\t')), kind -> new ArrayList<>()).add(line.substring(line.indexOf('\t') + 1));
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
    searcher.setSimilarity(new BM25Similarity(0.9f, 0.4f));
    for (Map.Entry<String, List<String>> kind : kinds.entrySet()) for (int depth : new int[] {10, 1000}) measure(searcher, kind.getKey(), kind.getValue(), depth, threads);
    peak("searching");
  }
}
