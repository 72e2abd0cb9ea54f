using Dragoman.Collections.Catalogue;
using Dragoman.Collections.Downloads;

namespace Dragoman.Collections.Tests.Catalogue;

public sealed class BuiltInCatalogueTests
{
    private static readonly DataCatalogue Catalogue = DataCatalogue.BuiltIn();

    /// <summary>Every entry, but of CLIRMatrix's pairs only those of the languages that matter most here.</summary>
    private static IEnumerable<CatalogueEntry> Entries() =>
        Catalogue.Names().Where(name => !name.StartsWith("clirmatrix/", StringComparison.Ordinal) || name.Split('/')[1].Split('-').All(Languages.Contains)).Select(Catalogue.Find);

    private static readonly string[] Languages = ["zh", "kk", "en", "ru", "de", "fr", "ja", "es", "ar"];

    [Fact]
    public void Names_All_AreUniqueAndFound()
    {
        var names = Catalogue.List("", all: true).Select(row => row.Name).ToList();

        names.Count.ShouldBe(139 + 2 * 139 * 138 + 8 * 7 + 36 + 22 + 40 + 30 + 6 + 5 + 1 + 2);
        names.Distinct(StringComparer.Ordinal).Count().ShouldBe(names.Count);
        // Entries' folders carry their names, so no folder may lie in another's.
        var folders = names.ToHashSet(StringComparer.Ordinal);
        names.Where(name => Enumerable.Range(1, name.Count(letter => letter == '/')).Any(cut => folders.Contains(string.Join('/', name.Split('/')[..cut])))).ShouldBeEmpty();
    }

    [Fact]
    public void Entries_All_HaveHttpsAddressesTermsAndCitation()
    {
        foreach (var entry in Entries())
        {
            entry.Licence.ShouldNotBeNullOrWhiteSpace(entry.Name);
            entry.Citation.Length.ShouldBeGreaterThan(40, entry.Name);
            entry.Title.ShouldNotContain("{", customMessage: entry.Name);
            entry.Sources.ShouldNotBeEmpty(entry.Name);
            entry.Checksums.ShouldNotBeEmpty(entry.Name);
            entry.Homepage.Scheme.ShouldBe("https", entry.Name);
            foreach (var file in entry.Files)
            {
                if (file.Url is { } url) url.Scheme.ShouldBe("https", $"{entry.Name} {file.Path}");
                else file.Indexed.ShouldNotBeNull($"{entry.Name} {file.Path}");
                file.Path.ShouldNotContain("{", customMessage: entry.Name);
                // A length without a checksum, or a checksum by itself, says less; both may be unpublished.
                if (file.Checksum is { } checksum) checksum.Hex.Length.ShouldBe(Checksum.DigitsOf(checksum.Kind));
            }
        }
    }

    [Fact]
    public void Entries_NeedsAndNext_NameOtherEntries()
    {
        foreach (var entry in Entries())
        {
            foreach (var needed in entry.Needs) Catalogue.FindOrNull(needed).ShouldNotBeNull($"{entry.Name} needs {needed}");
            foreach (var place in entry.Next.SelectMany(command => command.Split('{').Skip(1)).Select(part => part.Split('}')[0]).Where(place => place != "folder"))
                Catalogue.FindOrNull(place["folder:".Length..]).ShouldNotBeNull($"{entry.Name}: {place}");
        }
    }

    [Fact]
    public void ClirMatrix_EveryOrderedPair_HasBothSizesInFourSplits()
    {
        foreach (var query in Languages)
        {
            Catalogue.Find($"clirmatrix/{query}/documents").Files.Single().Url!.AbsoluteUri.ShouldBe($"https://www.cs.jhu.edu/~shuosun/clirmatrix/data/DOCS/{query}.tsv.gz");
            foreach (var document in Languages.Where(document => document != query))
            {
                foreach (var size in (string[])["base", "full"])
                {
                    var entry = Catalogue.Find($"clirmatrix/{query}-{document}/{size}");
                    entry.Files.Select(file => file.Indexed).ShouldBe(
                        ((string[])["train", "dev", "test1", "test2"]).Select(split => new IndexKey($"clirmatrix_bi139_{size}", $"queries/{query}_{document}/{split}")));
                    entry.Needs.ShouldBe([$"clirmatrix/{document}/documents"]);
                }
            }
        }
        Catalogue.Find("clirmatrix/zh-kk/base").Files[0].Url!.AbsoluteUri.ShouldBe("https://www.cs.jhu.edu/~shuosun/clirmatrix/data/BI-139/base/zh/zh.kk.train.base.jl.gz");
        Catalogue.Find("clirmatrix/zh-kk/full").Files[0].Url!.AbsoluteUri.ShouldBe("https://www.cs.jhu.edu/~shuosun/clirmatrix/data/BI-139/full/zh/zh.kk.train.jl.gz");
        Catalogue.Find("clirmatrix/zh-ja/multi8").Index!.Checksum!.Hex.ShouldBe("371cc532aca236759bd3602eb6ce2181");
    }

    [Theory]
    [InlineData("clirmatrix/zh-zh/base")]
    [InlineData("clirmatrix/zh-kk/multi8")]
    [InlineData("clirmatrix/zh-qq/base")]
    [InlineData("clirmatrix/{query}-{document}/base")]
    [InlineData("xquad/")]
    [InlineData("")]
    public void Find_NameThatIsNone_FindsNothing(string name) => Catalogue.FindOrNull(name).ShouldBeNull();

    [Fact]
    public void Families_Coverage_IsWhatTheGuidePromises()
    {
        Catalogue.Find("xquad").Files.Count.ShouldBe(12);
        foreach (var language in "ar bn de en es fa fi fr hi id ja ko ru sw te th yo zh".Split(' '))
        {
            Catalogue.Find($"miracl/{language}/documents").Files.ShouldNotBeEmpty();
            Catalogue.Find($"miracl/{language}/queries").Files.ShouldContain(file => file.Path == $"qrels.miracl-v1.0-{language}-dev.tsv");
        }
        foreach (var language in "ar bn en fi id ja ko ru sw te th".Split(' ')) Catalogue.Find($"mrtydi/{language}/v1.1").Files.Count.ShouldBe(1);
        foreach (var language in (string[])["zh", "fa", "ru"])
        {
            Catalogue.Find($"neuclir/{language}/documents").Files.Single().Checksum.ShouldNotBeNull();
            Catalogue.Find($"hc4/{language}/queries").Files.Count.ShouldBe(6);
        }
        foreach (var (model, tokenizer) in ((string, string)[])[("bert-base-multilingual-cased", "vocab.txt"), ("xlm-roberta-base", "sentencepiece.bpe.model")])
            Catalogue.Find($"models/{model}").Files.Select(file => file.Path).ShouldBeSubsetOf(["config.json", "tokenizer_config.json", "tokenizer.json", "vocab.txt", tokenizer, "model.safetensors"]);
    }

    [Theory]
    [InlineData("miracl/zz/documents", "miracl/zh/documents")]
    [InlineData("XQUAD", "xquad")]
    [InlineData("clirmatrix/zh-kk/bas", "clirmatrix/zh-kk/base")]
    [InlineData("xlm-roberta", "models/xlm-roberta-base")]
    public void Find_MistypedName_NamesTheNearest(string name, string nearest)
    {
        var failure = Should.Throw<Errors.DragomanException>(() => Catalogue.Find(name));

        failure.Message.ShouldStartWith($"'{name}' is not in the catalogue; nearest are ");
        failure.Message.ShouldContain(nearest);
    }

    [Fact]
    public void List_ManyOfOneKind_IsOneRow()
    {
        Catalogue.List("clirmatrix base", all: false).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            row => row.Name.ShouldBe("clirmatrix/{query}-{document}/base"), row => row.Count.ShouldBe(139 * 138), row => row.Entry.ShouldBeNull());
        Catalogue.List("ZH-KK", all: false).Select(row => row.Name).ShouldBe(["clirmatrix/zh-kk/base", "clirmatrix/zh-kk/full"]);
        Catalogue.List("nothing of the kind", all: false).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("xquad", "xquad")]
    [InlineData("miracl/zh/queries", "formats/miracl")]
    [InlineData("miracl/ko/queries", "formats/miracl")]
    [InlineData("africlirmatrix/sw/queries", "formats/africlirmatrix")]
    [InlineData("models/bert-base-multilingual-cased", "vocab/bert-base-multilingual-cased")]
    public async Task Checksums_OfDataAtHand_Agree(string name, string folder)
    {
        var path = TestPaths.Data(folder.Split('/'));
        var files = Catalogue.Find(name).Files.Where(file => File.Exists(Path.Combine(path, file.Path))).ToList();

        files.ShouldNotBeEmpty();
        foreach (var file in files)
        {
            if (file.Bytes is { } bytes) new FileInfo(Path.Combine(path, file.Path)).Length.ShouldBe(bytes, file.Path);
            (await Checksum.OfFileAsync(file.Checksum!.Kind, Path.Combine(path, file.Path), TestContext.Current.CancellationToken)).ShouldBe(file.Checksum, file.Path);
        }
    }
}
