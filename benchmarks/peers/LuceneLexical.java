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

/** Indexing and BM25 search by Lucene 8, as benchmarks/lexical does them: FOLDER THREADS. Texts are stored, the index is merged into one segment. */
public class LuceneLexical {
  static final StringBuilder fields = new StringBuilder();

  static long cpu() { return ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime(); }

  static void rate(String name, int count, Callable<?> work) throws Exception {
    long cpu = cpu(), start = System.nanoTime();
    work.call();
    double elapsed = (System.nanoTime() - start) / 1e9, used = (cpu() - cpu) / 1e9;
    fields.append(String.format(Locale.ROOT, "\"%sPerSecond\": %.3f, \"%sPerCpuSecond\": %.3f, ", name, count / elapsed, name, count / used));
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

  static long search(IndexSearcher searcher, String text, int depth) throws Exception {
    long start = System.nanoTime();
    ScoreDoc[] found = searcher.search(parse(text), depth).scoreDocs;
    // Ids come from doc values, document by document in order: one by one from the stored, compressed texts they would take most of the time.
    int[] documents = Arrays.stream(found).mapToInt(one -> one.doc).sorted().toArray();
    BinaryDocValues ids = searcher.getIndexReader().leaves().get(0).reader().getBinaryDocValues("id");
    for (int document : documents) if (ids.advanceExact(document)) ids.binaryValue().utf8ToString();
    return System.nanoTime() - start;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Paths.get(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    MMapDirectory directory = new MMapDirectory(folder.resolve("lucene"));
    int documents = (int) Files.lines(folder.resolve("docs.tsv")).count();
    rate("documents", documents, () -> { index(folder, directory, threads); return null; });
    long bytes = 0;
    for (String file : directory.listAll()) bytes += directory.fileLength(file);
    fields.append(String.format(Locale.ROOT, "\"indexMiB\": %.3f, ", bytes / 1048576.0));
    List<String> queries = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("queries.tsv"))) queries.add(line.substring(line.indexOf('\t') + 1));
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
    searcher.setSimilarity(new BM25Similarity(0.9f, 0.4f));
    for (int depth : new int[] {10, 1000}) {
      for (String query : queries) search(searcher, query, depth);
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      rate("queriesAt" + depth, queries.size(), () -> {
        List<Future<Long>> done = new ArrayList<>();
        for (String query : queries) done.add(pool.submit(() -> search(searcher, query, depth)));
        for (Future<Long> one : done) one.get();
        return null;
      });
      pool.shutdown();
      long[] times = new long[queries.size()];
      for (int query = 0; query < times.length; query++) times[query] = search(searcher, queries.get(query), depth);
      Arrays.sort(times);
      fields.append(String.format(Locale.ROOT, "\"p99MsAt%d\": %.3f, ", depth, times[(int) (times.length * 0.99)] / 1e6));
    }
    double peak = 0;
    for (String line : Files.readAllLines(Paths.get("/proc/self/status"))) if (line.startsWith("VmHWM")) peak = Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    System.out.printf(Locale.ROOT, "{\"system\": \"Lucene 8\", %s\"peakMiB\": %.3f}%n", fields, peak);
  }
}
