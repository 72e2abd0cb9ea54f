using System.Text.Json.Nodes;

namespace Dragoman.Cli.Tests.Commands;

public sealed class CompareCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CompareCommandTests()
    {
        // Six queries, each with one relevant passage r, which a run finds at the rank given.
        _folder.Write("qrels", string.Concat(Enumerable.Range(1, 6).Select(query => $"q{query} 0 r 1\n")));
        Ranks("bm25", 2, 2, 4, 1, 5, 4);
        Ranks("dense", 1, 1, 1, 1, 2, 5);
        Ranks("dense2", 1, 2, 1, 1, 2, 4);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Table_OneSystem_SaysWhatTheNumbersMean()
    {
        var result = await Compare("--run", "dense.run", "--measure", "RR");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ReplaceLineEndings("\n").ShouldStartWith(
            "RR over 6 queries (judged, and in at least one run), against bm25\n\n" +
            "system    mean  difference        95% interval       p   p (t)  corrected p   d_z     MDD  win/tie/loss\n" +
            "bm25    0.4500\n" +
            "dense   0.7833     +0.3333  +0.1083 to +0.5500  0.1250  0.0475      0.1250   1.07  0.4483         4/1/1\n\n" +
            "dense scores 0.3333 higher than bm25 in RR (95% interval of the difference 0.1083 to 0.5500, 6 queries); the difference is not significant at 0.05 (corrected p = 0.1250). " +
            "That does not make them equal: a single test finds only true differences of 0.4483 and more with 80% chance here.\n\n" +
            "p: paired randomisation, all sign assignments;");
        result.Errors.ShouldContain("warning: 6 queries are few");
        result.Errors.ShouldContain("warning: dense in RR: with so few queries that differ no p-value can be below 0.0625, so nothing can be significant at 0.05.");
    }

    [Fact]
    public async Task PairedRuns_SeedsInCommon_CompareEachTwoAndNeedAsMany()
    {
        // The second seed is worse for both systems, by the same.
        Ranks("first1", 2, 2, 4, 1, 5, 4);
        Ranks("first2", 4, 4, 8, 2, 10, 8);
        Ranks("later1", 1, 1, 2, 1, 5, 2);
        Ranks("later2", 2, 2, 4, 2, 10, 4);
        string[] seeds = ["--baseline", "first=first1.run,first2.run", "--run", "later=later1.run,later2.run"];
        async Task<JsonNode> P(params string[] more) => JsonNode.Parse((await DragomanProcess.RunAsync(new DragomanProcess.Surroundings { Folder = _folder.Path }, ["compare", "--qrels", "qrels", .. seeds, "--measure", "RR", "--format", "json", .. more])).Output)!;
        var (apart, paired) = (await P(), await P("--paired-runs"));
        (apart["paired_runs"]!.GetValue<bool>(), paired["paired_runs"]!.GetValue<bool>()).ShouldBe((false, true));
        var (one, two) = (apart["comparisons"]![0]!, paired["comparisons"]![0]!);
        ((double)two["difference"]!).ShouldBe((double)one["difference"]!, 1e-12);
        ((double)two["standard_error"]!).ShouldBeLessThan((double)one["standard_error"]!);

        var refused = await DragomanProcess.RunAsync(new DragomanProcess.Surroundings { Folder = _folder.Path }, "compare", "--qrels", "qrels", "--baseline", "first=first1.run,first2.run", "--run", "three=later1.run,later2.run,dense.run", "--paired-runs");
        refused.ExitCode.ShouldBe(2);
        refused.Errors.ShouldContain("three has 3 runs and the baseline 2; --paired-runs needs as many, in the same order of seeds.");
        (await DragomanProcess.RunAsync(new DragomanProcess.Surroundings { Folder = _folder.Path }, "compare", "--qrels", "qrels", "--baseline", "first1.run", "--run", "dense.run", "--paired-runs")).Errors.ShouldContain("no system has several runs; leave --paired-runs out.");
    }

    [Fact]
    public async Task Topics_TranslationsOfAQuery_CountAsOne()
    {
        _folder.Write("topics", "q1\ta\nq2\ta\nq3\tb\nq4\tb\nq5\tc\nq6\tc\n");

        var result = await Compare("--run", "dense.run", "--measure", "RR", "--topics", "topics", "--format", "json", "--by-query");

        result.ExitCode.ShouldBe(0, result.Errors);
        var compared = JsonNode.Parse(result.Output)!["comparisons"]![0]!;
        ((int)compared["queries"]!).ShouldBe(3);
        // RR of dense: 1, 1 | 1, 1 | 1/2, 1/5; of bm25: 1/2, 1/2 | 1/4, 1 | 1/5, 1/4.
        compared["by_query"]!.AsArray().ToDictionary(topic => (string)topic!["query"]!, topic => Math.Round((double)topic!["difference"]!, 4)).ShouldBe(new Dictionary<string, double> { ["a"] = 0.5, ["b"] = 0.375, ["c"] = 0.125 }, ignoreOrder: true);
        ((double)compared["difference"]!).ShouldBe(1.0 / 3, 1e-9);
        result.Errors.ShouldContain("warning: 3 topics are few");
        (await Compare("--run", "dense.run", "--topics", "topics")).Output.ShouldStartWith("nDCG@10 over 3 topics (judged");
    }

    [Theory]
    [InlineData("q1\n", "line 1: expected a query's id, a tab and its topic")]
    [InlineData("q1\ta\nq1\tb\n", "line 2: query q1 has the topic a already")]
    [InlineData("q1\ta\n", "names no topic of query q2")]
    public async Task Topics_BadFile_IsSaidInASentence(string topics, string problem)
    {
        _folder.Write("topics", topics);
        var result = await Compare("--run", "dense.run", "--topics", "topics");
        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain(problem);
    }

    [Fact]
    public async Task Json_SeveralSystemsSeedsAndMeasures_HasEveryNumber()
    {
        var result = await Compare("--run", "reranked=dense.run,dense2.run", "--run", "same=same.run", "--measures", "RR nDCG@3", "--format", "json", "--by-query");

        result.ExitCode.ShouldBe(0, result.Errors);
        var comparisons = JsonNode.Parse(result.Output)!["comparisons"]!.AsArray();
        comparisons.Select(comparison => ((string)comparison!["measure"]!, (string)comparison["system"]!["name"]!))
            .ShouldBe([("RR", "reranked"), ("RR", "same"), ("nDCG@3", "reranked"), ("nDCG@3", "same")]);
        var seeds = comparisons[0]!;
        seeds["system"]!["run_means"]!.AsArray().Count.ShouldBe(2);
        ((double)seeds["system"]!["variance"]!["query"]!).ShouldBeGreaterThan(0);
        seeds["baseline"]!["variance"].ShouldBeNull();
        ((double)seeds["corrected_p"]!).ShouldBeGreaterThanOrEqualTo((double)seeds["p"]!);
        seeds["by_query"]!.AsArray().Count.ShouldBe(6);
        var same = comparisons[1]!;
        ((double)same["p"]!, (double)same["difference"]!, same["p_t"], same["d_z"], same["minimal_detectable_difference"]).ShouldBe((1, 0, null, null, null));
        result.Output.ShouldNotContain("NaN");
        result.Errors.ShouldContain("warning: bm25 has one run and counts as a system without luck");
        result.Errors.ShouldContain("warning: same and bm25 score the same at every query in RR; are they the same run?");
    }

    [Fact]
    public async Task Tsv_SummaryAndByQuery_AreReadByMachines()
    {
        var summary = await Compare("--run", "same=same.run", "--measure", "RR", "--format", "tsv");
        var queries = await Compare("--run", "dense.run", "--measure", "RR", "--format", "tsv", "--by-query");

        summary.Output.ReplaceLineEndings("\n").ShouldBe(
            "measure\tbaseline\tsystem\tqueries\tbaseline_mean\tsystem_mean\tdifference\tlow\thigh\tp\tp_t\tcorrected_p\td_z\tmdd\twins\tties\tlosses\n" +
            "RR\tbm25\tsame\t6\t0.45\t0.45\t0\t0\t0\t1\tNA\t1\tNA\tNA\t0\t6\t0\n");
        queries.Output.ReplaceLineEndings("\n").ShouldStartWith("measure\tbaseline\tsystem\tquery\tbaseline_value\tsystem_value\tdifference\nRR\tbm25\tdense\tq3\t0.25\t1\t0.75\n");
        queries.Output.ReplaceLineEndings("\n").ShouldEndWith("RR\tbm25\tdense\tq6\t0.25\t0.2\t-0.05\n".Replace("-0.05", "-0.04999999999999999", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ByQuery_Table_ListsGainsAndLosses()
    {
        var result = await Compare("--run", "dense.run", "--measure", "RR", "--by-query");

        var output = result.Output.ReplaceLineEndings("\n");
        output.ShouldContain("Largest gains of dense over bm25 in RR\n\nquery    bm25   dense  difference\nq3     0.2500  1.0000     +0.7500\n");
        output.ShouldContain("Largest losses of dense over bm25 in RR\n\nquery    bm25   dense  difference\nq6     0.2500  0.2000     -0.0500\n");
    }

    [Fact]
    public async Task MissingQueries_CountAsZeroAndAreWarnedAbout()
    {
        _folder.Write("part.run", "q1 Q0 r 1 1 part\nq2 Q0 r 1 1 part\nq9 Q0 r 1 1 part\n");
        _folder.Write("more", string.Concat(Enumerable.Range(1, 8).Select(query => $"q{query} 0 r 1\n")));

        var shared = await Run("--qrels", "more", "--baseline", "bm25.run", "--run", "part.run", "--measure", "RR", "--format", "json");
        var complete = await Run("--qrels", "more", "--baseline", "bm25.run", "--run", "part.run", "--measure", "RR", "--format", "json", "--complete");

        shared.Errors.ShouldContain("warning: part.run: 1 of 3 queries have no judgements and are left out.");
        shared.Errors.ShouldContain("warning: part.run: 4 judged queries are not in the run and count as 0.");
        shared.Errors.ShouldContain("warning: 2 of 8 judged queries are in no run and are left out; '--complete' counts them as 0 for all.");
        Values(shared).ShouldBe((6, 2.0 / 6));
        Values(complete).ShouldBe((8, 2.0 / 8));
        complete.Errors.ShouldNotContain("are in no run");

        static (int, double) Values(DragomanProcess.Outcome outcome) =>
            JsonNode.Parse(outcome.Output)!["comparisons"]![0]! is var comparison ? ((int)comparison["queries"]!, (double)comparison["system"]!["mean"]!) : default;
    }

    [Fact]
    public async Task Seeds_OfBothSystems_AreNamedBySpaceOrComma()
    {
        Ranks("bm25b", 2, 1, 4, 1, 5, 4);

        var result = await Run("--qrels", "qrels", "--baseline", "bm25.run", "bm25b.run", "--run", "dense.run,dense2.run", "--measure", "RR");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("6 queries, 2 against 2 runs");
        result.Output.ShouldContain("bm25.run has 2 runs with means 0.4500, 0.5333; standard deviation between seeds");
        result.Output.ShouldContain("dense.run has 2 runs with means");
        result.Output.ShouldContain("p: paired randomisation of queries, and of runs where there are several, all sign assignments");
    }

    [Fact]
    public async Task OneQuery_HasNeitherIntervalNorTest()
    {
        _folder.Write("one", "q3 0 r 1\n");

        var table = await Run("--qrels", "one", "--baseline", "bm25.run", "--run", "dense.run", "--measure", "RR");
        var json = await Run("--qrels", "one", "--baseline", "bm25.run", "--run", "dense.run", "--measure", "RR", "--format", "json");

        table.Output.ReplaceLineEndings("\n").ShouldContain("dense   1.0000     +0.7500             -  1.0000      -      1.0000     -    -         1/0/0\n");
        table.Output.ShouldContain("dense scores 0.7500 higher than bm25 in RR (one query, which says nothing of others); the difference is not significant");
        table.Errors.ShouldContain("warning: there is one query, which says nothing of others.");
        var comparison = JsonNode.Parse(json.Output)!["comparisons"]![0]!;
        (comparison["interval"], comparison["percentile_interval"], comparison["t"]).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task OneRun_AloneAndAmongSeeds_IsComparedBothWays()
    {
        var result = await Compare("--run", "alone=dense.run", "--run", "seeds=dense.run,dense2.run", "--measure", "RR", "--format", "tsv");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("RR\tbm25\talone\t6\t");
        result.Output.ShouldContain("RR\tbm25\tseeds\t6\t");
    }

    [Fact]
    public async Task SameSeed_AnyThreads_PrintsTheSame()
    {
        var random = new Random(4);
        string Many(string tag) => string.Concat(Enumerable.Range(0, 80).Select(query => $"q{query} Q0 r 1 {random.Next(3)} {tag}\nq{query} Q0 x 2 1 {tag}\n"));
        _folder.Write("many", string.Concat(Enumerable.Range(0, 80).Select(query => $"q{query} 0 r 1\n")));
        _folder.Write("a", Many("a"));
        _folder.Write("b", Many("b"));
        Task<DragomanProcess.Outcome> On(params string[] options) => Run(["--qrels", "many", "--baseline", "a", "--run", "b", "--format", "json", .. options]);

        var one = await On("--threads", "1");

        (await On("--threads", "4")).Output.ShouldBe(one.Output);
        (await On("--seed", "2")).Output.ShouldNotBe(one.Output);
    }

    [Fact]
    public async Task MeasureThatIsNotDefinedEverywhere_IsComparedWhereItIs()
    {
        _folder.Write("half.run", "q1 Q0 r 1 2 half\nq1 Q0 n 2 1 half\nq2 Q0 n 1 1 half\nq3 Q0 n 1 2 half\nq3 Q0 r 2 1 half\n");

        var table = await Compare("--run", "half.run", "--measures", "Accuracy RR");
        var json = await Compare("--run", "half.run", "--measure", "Accuracy", "--format", "json", "--by-query");

        table.Output.ShouldStartWith("Accuracy over 2 queries (judged, and in at least one run, with a value in every run), against bm25");
        table.Output.ShouldContain("RR over 6 queries (judged, and in at least one run), against bm25");
        table.Errors.ShouldContain("warning: Accuracy is not defined for 4 of 6 queries in at least one run; it is compared over the other 2.");
        var comparison = JsonNode.Parse(json.Output)!["comparisons"]![0]!;
        ((int)comparison["queries"]!, comparison["by_query"]!.AsArray().Count).ShouldBe((2, 2));
        (table.Output + json.Output).ShouldNotContain("NaN");
    }

    [Fact]
    public async Task LanguagePreference_WithCollection_IsCompared()
    {
        _folder.Write("c/corpus.jsonl", """{"_id":"r","text":"x","lang":"kk"}""" + "\n" + """{"_id":"n1","text":"x","lang":"zh"}""" + "\n");
        _folder.Write("c/queries.jsonl", string.Concat(Enumerable.Range(1, 6).Select(query => $$"""{"_id":"q{{query}}","text":"x","lang":"zh"}""" + "\n")));
        _folder.Write("two", string.Concat(Enumerable.Range(1, 6).Select(query => $"q{query} 0 r 1\nq{query} 0 n1 1\n")));

        var result = await Run("--qrels", "two", "--baseline", "bm25.run", "--run", "dense.run", "--measure", "LPR@5", "--collection", "c");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("bm25    0.8333");
        result.Output.ShouldContain("dense   0.3333");
        result.Errors.ShouldContain("ranked passages (of 30 entries) are in no collection given");
    }

    [Fact]
    public async Task Guards_AreAskedOfEveryRun_AndStandInJson()
    {
        _folder.Write("flat.run", string.Concat(Enumerable.Range(1, 6).Select(query => $"q{query} Q0 r 1 1 flat\nq{query} Q0 x 2 1 flat\n")));

        var result = await Compare("--run", "flat.run", "same.run", "--measure", "RR", "--format", "json");

        result.ExitCode.ShouldBe(0, result.Errors);
        var warnings = JsonNode.Parse(result.Output)!["warnings"]!.AsArray().Select(warning => (string)warning!).ToList();
        warnings.ShouldContain("flat.run: in 6 of 6 queries every score is the same, so the order is by passage id alone.");
        warnings.ShouldContain(warning => warning.StartsWith("flat.run: RR is 0.5000 with ties broken by passage id, and anything from 0.5000 to 1.0000", StringComparison.Ordinal));
        warnings.ShouldContain(warning => warning.StartsWith("bm25.run, same.run: only 20 % of the first 10 passages are judged", StringComparison.Ordinal));
        result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(warnings.Select(warning => "warning: " + warning));
    }

    [Fact]
    public async Task Runs_OfOtherFormats_AreRead()
    {
        _folder.Write("msmarco", string.Concat(Enumerable.Range(1, 6).Select(query => $"q{query}\tr\t1\n")));
        _folder.Write("patapsco", string.Concat(Enumerable.Range(1, 6).Select(query =>
            $$"""{"query":{"id":"q{{query}}","lang":"en"},"doc_lang":"zho","system":"patapsco","results":[{"doc_id":"x","rank":0,"score":2.5},{"doc_id":"r","rank":1,"score":1.5}]}""" + "\n")));
        _folder.Write("clirmatrix", string.Concat(Enumerable.Range(1, 6).Select(query => $$"""{"src_id":"q{{query}}","src_query":"x","tgt_results":[["r",6],["x",0]]}""" + "\n")));

        var result = await Run("--qrels", "clirmatrix", "--baseline", "m=msmarco", "--run", "p=patapsco", "--measure", "RR", "--format", "tsv");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("RR\tm\tp\t6\t1\t0.5\t-0.5\t");
    }

    [Theory]
    [InlineData("--qrels qrels --baseline bm25.run --run dense.run --measure LPR@10", 2, "compare: LPR@10 needs the passages' languages; name their collection with --collection DIR.")]
    [InlineData("--qrels qrels --baseline bm25.run --run dense.run --complet", 2, "--complet is not an option of dragoman compare. Run 'dragoman compare --help' for usage.")]
    [InlineData("--qrels other --baseline x.run --run y.run --measure Accuracy", 1, "Accuracy is defined in all of these runs for no query, so there is nothing to compare; choose another measure.")]
    [InlineData("--qrels qrels --baseline bm25.run --run dense.run --iteration zho", 1, "qrels: no judgements whose second column is zho")]
    [InlineData("--qrels other --baseline bm25.run --run dense.run", 1, "bm25.run and other have no query in common (the first ids are q1 and x1); do they belong together?")]
    [InlineData("--qrels qrels --baseline bm25.run --run dense.run --measure nDGC@10", 2, "measures: \"nDGC@10\" is not a measure: known are")]
    [InlineData("--qrels qrels --baseline bm25.run --run dense.run --measure NumRet", 2, "compare: NumRet is a count; compare takes measures that are averaged over queries.")]
    [InlineData("--qrels qrels --baseline bm25.run --run ./bm25.run", 2, "compare: ./bm25.run is the baseline's; compare other runs with it.")]
    [InlineData("--qrels qrels --baseline bm25.run --run dense.run dense.run", 2, "compare: dense.run is given as two systems; give it once.")]
    [InlineData("--qrels qrels --baseline bm25.run --run ,", 2, "compare: a system has no run; write RUN, RUN,RUN or NAME=RUN.")]
    [InlineData("--qrels qrels --baseline bm25.run --run a=dense.run,./dense.run", 2, "compare: dense.run is named twice; every run of a system counts once.")]
    [InlineData("--qrels qrels --baseline bm25.run --run a=dense.run a=same.run", 2, "compare: two systems are called a; the runs of one system go together: --run a=RUN,RUN.")]
    [InlineData("--qrels qrels --baseline bm25=dense2.run --run bm25.run same.run bm25=dense.run", 2, "compare: two systems are called bm25;")]
    [InlineData("--qrels qrels --baseline bm25.run --run a=", 2, "compare: a has no run; write a=RUN or a=RUN,RUN.")]
    [InlineData("--qrels qrels --baseline bm25.run --run dense.run --alpha 1.5", 2, "compare: alpha is 1.5; use a value above 0, at most 0.5.")]
    [InlineData("--qrels qrels --baseline bm25.run --run dense.run --alpha NaN", 2, "compare: alpha is NaN; use a value above 0, at most 0.5.")]
    [InlineData("--qrels qrels --baseline bm25.run --run dense.run --alpha few", 2, "--alpha is 'few'; use a number.")]
    [InlineData("--qrels qrels --baseline bm25.run --run dense.run --power 1", 2, "compare: the power is 1; use a value above alpha (0.05) and below 1.")]
    [InlineData("--qrels qrels --baseline bm25.run --run dense.run --permutations 0", 2, "compare: the number of permutations is 0; use 100 or more.")]
    [InlineData("--qrels qrels --baseline bm25.run --run dense.run --correction fdr", 2, "--correction is 'fdr'; use holm, bonferroni or none.")]
    [InlineData("--qrels qrels --baseline bm25.run --run dense.run --depth 0", 2, "compare: the depth is 0; use 1 or more.")]
    [InlineData("--qrels qrels --baseline bm25.run --run gone.run", 1, "gone.run")]
    [InlineData("--qrels qrels --baseline bm25.run --run x=gone.run,dense.run", 1, "gone.run")]
    [InlineData("--qrels qrels --baseline bm25.run", 2, "Option '--run' is required.")]
    [InlineData("--qrels qrels --run bm25.run", 2, "Option '--baseline' is required.")]
    public async Task BadInput_IsSaidInOneSentence(string arguments, int exitCode, string expected)
    {
        _folder.Write("other", "x1 0 r 1\n");
        _folder.Write("x.run", "x1 Q0 n 1 1 x\n");
        _folder.Write("y.run", "x1 Q0 r 1 1 y\n");

        var result = await Run(arguments.Split(' '));

        result.ExitCode.ShouldBe(exitCode, result.Errors);
        result.Errors.ShouldContain(expected);
        result.Errors.Trim().ShouldNotContain('\n');
        result.Output.ShouldBeEmpty();
    }

    private Task<DragomanProcess.Outcome> Compare(params string[] arguments)
    {
        File.Copy(Path.Combine(_folder.Path, "bm25.run"), Path.Combine(_folder.Path, "same.run"), overwrite: true);
        return Run(["--qrels", "qrels", "--baseline", "bm25.run", .. arguments]);
    }

    private Task<DragomanProcess.Outcome> Run(params string[] arguments) => DragomanProcess.RunAsync(new DragomanProcess.Surroundings { Folder = _folder.Path }, ["compare", .. arguments]);

    private void Ranks(string tag, params int[] ranks) => _folder.Write($"{tag}.run", string.Concat(ranks.SelectMany((rank, query) =>
        Enumerable.Range(1, 5).Select(place => $"q{query + 1} Q0 {(place == rank ? "r" : $"n{place}")} {place} {10 - place} {tag}\n"))));
}
