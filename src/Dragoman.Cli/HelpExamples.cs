using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Dragoman.Cli;

/// <summary>Help that ends with examples to copy, whose files are those of the repository or of the example before.</summary>
internal sealed class HelpExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["dragoman"] = ["dragoman demo", "dragoman index --collection samples/silk-road --output idx", "dragoman search --index idx --from zh --in kk,ru \"双峰骆驼\""],
        ["dragoman demo"] = ["dragoman demo", "dragoman demo --collection samples/silk-road --output demo"],
        ["dragoman prepare collection"] =
        [
            "dragoman prepare collection --documents kk.tsv.gz --queries zh.kk.test1.base.jl.gz --output zh-kk --candidates",
            "dragoman prepare collection --documents zho.jsonl.gz --queries topics.jsonl --query-language en --topic-fields title,description --qrels qrels.txt --output neuclir-zh",
        ],
        ["dragoman data list"] = ["dragoman data list", "dragoman data list miracl sw"],
        ["dragoman data info"] = ["dragoman data info clirmatrix/zh-kk/base"],
        ["dragoman data get"] = ["dragoman data get xquad", "dragoman data get clirmatrix/zh-kk/base clirmatrix/kk/documents"],
        ["dragoman data check"] = ["dragoman data check samples/silk-road", "dragoman data check train --against test --fail-on warning"],
        ["dragoman prepare parallel"] = ["dragoman prepare parallel --input pairs.jsonl.gz --from zh --to kk --output zh-kk --dev 200"],
        ["dragoman prepare xquad"] = ["dragoman prepare xquad --input xquad --from zh --to en,ru --output xquad-zh"],
        ["dragoman prepare translate"] = ["dragoman prepare translate --collection samples/silk-road --from en --to es --translator \"command:apertium -u -f line {from3}-{to3}\" --output silk-road-es"],
        ["dragoman prepare candidates"] = ["dragoman prepare candidates --run bm25.run --collection zh-kk --split test1 --output filled.run"],
        ["dragoman prepare noise"] = ["dragoman prepare noise --collection xquad-zh --mismatched 0.2 --seed 1 --output xquad-zh-20"],
        ["dragoman translate"] = ["dragoman translate --translator table:tables --from zh --to en --format pieces \"双峰骆驼\"", "dragoman translate --translator libretranslate:http://localhost:5000 --from en --to zh < lines.txt"],
        ["dragoman analyze"] = ["dragoman analyze --language kk \"Қазақстанның қалалары\"", "dragoman analyze --language tr --match \"Kitaplarımızı okudular\" \"kitap okumak\""],
        ["dragoman tokenize"] = ["dragoman tokenize --model models/dragoman-static < lines.txt", "dragoman tokenize --model bert --pair --max-length 256 --truncation only_second < pairs.tsv"],
        ["dragoman identify"] = ["dragoman identify --input lines.txt", "dragoman identify --among kk,ky,ru < lines.txt"],
        ["dragoman index"] = ["dragoman index --collection samples/silk-road --output idx", "dragoman index --collection samples/silk-road --output idx --model none"],
        ["dragoman index add"] = ["dragoman index add --index idx --collection more", "dragoman index add --index idx --collection corrected --replace"],
        ["dragoman index delete"] = ["dragoman index delete --index idx kk-history-01", "dragoman index delete --index idx --ids old.txt"],
        ["dragoman index merge"] = ["dragoman index merge --index idx"],
        ["dragoman index psq"] = ["dragoman index psq --index idx --translation-table tables --psq-weights zh,en", "dragoman index psq --index idx --remove"],
        ["dragoman index hnsw"] = ["dragoman index hnsw --index idx --hnsw-links 32", "dragoman index hnsw --index idx --vectors-index none"],
        ["dragoman index info"] = ["dragoman index info --index idx --verify"],
        ["dragoman train"] = ["dragoman train reproductions/xquad-reranker/xquad.yaml --threads 2", "dragoman train run.yaml --output model --resume", "dragoman train run.yaml --workers 2"],
        ["dragoman watch"] = ["dragoman watch model", "dragoman watch model other-model", "dragoman watch --once --ascii model"],
        ["dragoman diagnose"] = ["dragoman diagnose models/dragoman-static samples/silk-road --html diagnosis.html", "dragoman diagnose models/dragoman-static --parallel held-out.jsonl.gz --pairs \"zh>kk\" \"ru>kk\""],
        ["dragoman sampling bound"] = ["dragoman sampling bound --run kk.run --qrels samples/silk-road/qrels/test.tsv --temperature 5", "dragoman sampling bound --run kk.run --qrels samples/silk-road/qrels/test.tsv --alpha 0.1 --given 10"],
        ["dragoman sampling draw"] = ["dragoman sampling draw --run kk.run --qrels samples/silk-road/qrels/test.tsv --temperature 5 --output epoch-1.jsonl.gz"],
        ["dragoman sampling inspect"] = ["dragoman sampling inspect epoch-1.jsonl.gz", "dragoman sampling inspect epoch-1.jsonl.gz --query zh-history-q01", "dragoman sampling inspect models/reranker"],
        ["dragoman encode"] = ["dragoman encode --model models/dragoman-static --input texts.jsonl --output vectors.jsonl.gz", "dragoman encode --model models/dragoman-static --side query --input queries.jsonl --output vectors.jsonl", "dragoman encode --model models/dragoman-static --collection samples/silk-road --output vectors.jsonl --shard 1/2"],
        ["dragoman encode merge"] = ["dragoman encode merge --output vectors.jsonl"],
        ["dragoman sampling detect"] = ["dragoman sampling detect models/reranker --truth xquad-zh-20/noise.tsv"],
        ["dragoman retrieve"] = ["dragoman retrieve --index idx --queries samples/silk-road/queries.jsonl --in kk --depth 100 --output kk.run",
            "dragoman retrieve --index idx --queries samples/silk-road/queries.jsonl --method qld --rm3 --output qld.run"],
        ["dragoman fuse"] = ["dragoman fuse --run bm25.run dense.run --output fused.run"],
        ["dragoman rerank"] = ["dragoman rerank --model model --collection samples/silk-road --run kk.run --depth 50 --output reranked.run"],
        ["dragoman hardness"] = ["dragoman hardness --model model --collection zh-kk --split test1 --run bm25.run", "dragoman hardness --model models/dragoman-static --collection samples/silk-road --split test"],
        ["dragoman evaluate"] = ["dragoman evaluate --qrels samples/silk-road/qrels/test.tsv --run kk.run --measures \"nDCG@10 RR@10 R@100\"", "dragoman evaluate --qrels samples/silk-road/qrels/test.tsv --run kk.run --collection samples/silk-road --by-language --measures \"nDCG@10 AP(rel=2) PEER@20\""],
        ["dragoman compare"] = ["dragoman compare --qrels samples/silk-road/qrels/test.tsv --baseline bm25.run --run hybrid.run --measure nDCG@10", "dragoman compare --qrels test.tsv --baseline bm25.run --run reranked=seed1.run,seed2.run,seed3.run --measure \"nDCG@10 R@100\""],
        ["dragoman report"] = ["dragoman report --qrels samples/silk-road/qrels/test.tsv --run bm25.run dense.run fused.run --collection samples/silk-road --output report.html", "dragoman report --training model --output training.html"],
        ["dragoman search"] = ["dragoman search --index idx --from zh --in kk,ru \"双峰骆驼\"", "dragoman search --index idx --format json --depth 3 camel", "dragoman search --index idx 'camel \"bitter winter\"'", "dragoman search --index idx --from en --in es --translate \"command:apertium -u {from3}-{to3}\" camel"],
        ["dragoman explain"] = ["dragoman explain --index idx --passage kk-history-01 \"екі өркешті түйе\"", "dragoman explain --index idx --passage kk-history-01 --method qld --mu 500 \"екі өркешті түйе\""],
        ["dragoman serve"] = ["dragoman serve --index idx --port 5080"],
    };

    /// <summary>Help is given for a command that lacks its options too.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (!Examples.TryGetValue(UsageProblems.CommandPath(parseResult), out var examples)) return code;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in examples) output.WriteLine($"  {example}");
        output.WriteLine();
        return code;
    }

    /// <summary>Puts the examples at the end of every command's help.</summary>
    internal static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
            if (option.Action is HelpAction action) option.Action = new HelpExamples(action);
    }
}
