// Prints what tables.sh measured as Markdown tables.
//
// usage: dotnet run --file summary.cs -- OUTPUT
// OUTPUT is the folder that run.sh fills: results/SET.KIND.json by `dragoman compare`, models/SET/RECIPE-SEED/manifest.json by `dragoman train`.
using System.Globalization;
using System.Text.Json;

if (args is not [var output] || !Directory.Exists(output))
{
    Console.Error.WriteLine($"summary.cs takes OUTPUT, a folder that is there, and got '{string.Join(' ', args)}'.");
    return 2;
}

(string Name, string Title)[] kinds = [("bi", "Bi-encoders, searching the collection"), ("cross", "Cross-encoders, reranking the first stage's best 20")];
string[] recipes = ["bi-source", "bi-mined", "cross-source", "cross-mined", "cross-start"];
string[] sets = ["wikidata", "pages", "xquad"];
sets = [.. sets.Where(set => kinds.Any(kind => File.Exists(ResultOf(set, kind.Name))))];

foreach (var (kind, title) in kinds)
{
    Console.WriteLine($"\n{title}. Differences and tests against `{kind}-source`, nDCG@10.\n");
    Console.WriteLine("| set | system | nDCG@10, seed by seed | mean | RR@10 | difference | 95% interval | p (Holm) |\n|---|---|---|---|---|---|---|---|");
    foreach (var set in sets.Where(set => File.Exists(ResultOf(set, kind)))) PrintComparisons(set, kind);
}

Console.WriteLine("\nChosen on dev: the epoch kept, its nDCG@10, signs of collapse (bi-encoders), seconds of training.\n");
Console.WriteLine("| set | recipe | epoch, by seed | dev nDCG@10 | mean cosine | AUC | effective rank | seconds |\n|---|---|---|---|---|---|---|---|");
foreach (var set in sets)
{
    foreach (var recipe in recipes) PrintTraining(set, recipe);
}
return 0;

string ResultOf(string set, string kind) => Path.Combine(output, "results", $"{set}.{kind}.json");

// The baseline's row, then one row for each system compared with it.
void PrintComparisons(string set, string kind)
{
    var compared = Read(ResultOf(set, kind)).GetProperty("comparisons").EnumerateArray().ToLookup(comparison => comparison.GetProperty("measure").GetString());
    var reciprocal = compared["RR@10"].ToDictionary(comparison => NameOf(comparison.GetProperty("system")), comparison => comparison.GetProperty("system"));
    var baseline = compared["nDCG@10"].First().GetProperty("baseline");
    Console.WriteLine($"| {set} | {Means(baseline, compared["RR@10"].First().GetProperty("baseline"))} | | | |");
    foreach (var comparison in compared["nDCG@10"])
    {
        var system = comparison.GetProperty("system");
        var interval = comparison.GetProperty("interval");
        var chance = comparison.GetProperty("corrected_p").GetDouble();
        var star = comparison.GetProperty("significant").GetBoolean() ? " \\*" : "";
        Console.WriteLine($"| | {Means(system, reciprocal[NameOf(system)])} | {Signed(comparison.GetProperty("difference"))} "
            + $"| {Signed(interval[0])} to {Signed(interval[1])} | {(chance < 0.0001 ? "< 0.0001" : Rounded(chance, 4))}{star} |");
    }
}

// What training reached, seed by seed; nothing where no model is there.
void PrintTraining(string set, string recipe)
{
    var models = Path.Combine(output, "models", set);
    if (!Directory.Exists(models)) return;
    var manifests = Directory.GetDirectories(models, recipe + "*").Select(model => Path.Combine(model, "manifest.json")).Where(File.Exists);
    var reached = manifests.Order(StringComparer.Ordinal).Select(path => Read(path).GetProperty("reached")).ToList();
    if (reached.Count == 0) return;
    var epochs = string.Join(", ", reached.Select(found => EpochOf(found.GetProperty("chosen").GetString()!)));
    var seconds = string.Join(", ", reached.Select(found => Rounded(found.GetProperty("seconds").GetDouble(), 0)));
    Console.WriteLine($"| {set} | {recipe} | {epochs} | {OnDev("nDCG@10", 3)} "
        + $"| {OnDev("mean_cosine", 3)} | {OnDev("auc", 3)} | {OnDev("effective_rank", 0)} | {seconds} |");

    string OnDev(string measure, int digits) => string.Join(", ", reached.Select(found => found.GetProperty("dev_after"))
        .Where(dev => dev.TryGetProperty(measure, out _)).Select(dev => Rounded(dev.GetProperty(measure).GetDouble(), digits)));
}

static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllText(path)).RootElement;

static string NameOf(JsonElement system) => system.GetProperty("name").GetString()!;

// "3" of "epoch 3, the best on dev".
static string EpochOf(string chosen)
{
    var first = chosen.Split(',')[0];
    return first.StartsWith("epoch ", StringComparison.Ordinal) ? first["epoch ".Length..] : first;
}

static string Means(JsonElement system, JsonElement reciprocal)
{
    var bySeed = string.Join(", ", system.GetProperty("run_means").EnumerateArray().Select(Number));
    return $"{NameOf(system)} | {bySeed} | {Number(system.GetProperty("mean"))} | {Number(reciprocal.GetProperty("mean"))}";
}

static string Number(JsonElement value) => Rounded(value.GetDouble(), 3);

static string Signed(JsonElement value) => (double.IsNegative(value.GetDouble()) ? "" : "+") + Number(value);

static string Rounded(double value, int digits) => value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
