// Prints what tables.sh measured as Markdown tables, and draws OUT/plots/SET.svg: nDCG@10 of the arms over the share of mismatched positives.
// usage: dotnet run --file summary.cs -- OUT
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

if (args is not [var output] || !Directory.Exists(output))
{
    Console.Error.WriteLine($"summary.cs needs the folder that run.sh and tables.sh wrote, found '{string.Join(' ', args)}'; use: dotnet run --file summary.cs -- OUT");
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] arms =
[
    "start", "plain", "random", "hardest", "seed-literal", "list", "graded", "bounded", "a2", "a4-weigh", "a4-sample", "a4-mixture", "a6", "hard", "a7", "a7-a4",
    "random-examples", "hardest-examples", "seed-literal-examples", "a4-sample-examples",
];
string[] drawn = ["plain", "a4-weigh", "a4-sample", "a4-mixture", "a7", "a7-a4", "hard", "random", "seed-literal", "a6"];
string[] sets = ["xquad", "pages", "wikidata"];
string[] levels = ["mismatched-0", "mismatched-0.1", "mismatched-0.2", "mismatched-0.3", "mismatched-0.4", "hidden-0.25", "hidden-0.5", "jitter-0.5"];

Criterion();
OutsideTheCriterion();
Recovered();
Controls();
Console.WriteLine("\n## All comparisons\n\nDifferences are from `plain` with the same seeds; \\*: Holm p < .05 over the arms of a table. The smallest found: the difference that the test would find with 80% chance.");
foreach (var set in sets)
{
    foreach (var level in levels) Comparisons(set, level);
}

Detection();
Costs();
foreach (var set in sets) Plot(set);
return 0;

// Each arm against plain fine-tuning of the same seeds; Holm over all arms of the set and level.
OrderedDictionary<string, Comparison> Results(string set, string level, string measure)
{
    var found = new OrderedDictionary<string, Comparison>();
    foreach (var file in Entries($"{output}/results/comparisons/{set}.{level}", $"{Regex.Escape(measure)}\\..*"))
    {
        foreach (var comparison in Read(file).GetProperty("comparisons").EnumerateArray().Select(Comparison.From)) found[comparison.Arm] = comparison;
    }

    return Corrected(found);
}

// Holm over all of them.
OrderedDictionary<T, Comparison> Corrected<T>(OrderedDictionary<T, Comparison> found)
    where T : notnull
{
    var least = 0.0;
    foreach (var (number, (key, comparison)) in found.OrderBy(entry => entry.Value.P).ToList().Index())
    {
        least = Math.Min(1, Math.Max(least, comparison.P * (found.Count - number)));
        found[key] = comparison with { CorrectedP = least };
    }

    return found;
}

void Criterion()
{
    Console.WriteLine("\n## The criterion\n\nDifferences from `plain` in nDCG@10; \\*: Holm p < .05. An arm succeeds with +.01 and a star at every ρ ≥ .2, and at ρ = 0 no less than -.005, on both sets.\n");
    string[] shares = ["0", "0.2", "0.3", "0.4"];
    var columns = sets[..2].SelectMany(set => shares.Select(share => (Set: set, Share: share, Found: Results(set, $"mismatched-{share}", "nDCG@10")))).ToList();
    Console.WriteLine($"| arm | {string.Join(" | ", columns.Select(column => $"{column.Set}, ρ = {column.Share}"))} | |");
    Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", columns.Count + 1))}");
    foreach (var arm in arms[1..])
    {
        var (cells, passes) = (new List<string>(), new List<bool?>());
        foreach (var column in columns)
        {
            var comparison = column.Found.GetValueOrDefault(arm);
            cells.Add(Difference(comparison));
            passes.Add(comparison switch
            {
                null => null,
                _ when column.Share == "0" => comparison.Difference >= -0.005,
                _ => comparison.Significant && comparison.Difference >= 0.01,
            });
        }

        if (passes.TrueForAll(pass => pass is null)) continue;
        var verdict = passes.Contains(false) ? "no" : passes.Contains(null) ? "not all measured" : "**yes**";
        Console.WriteLine($"| {arm} | {string.Join(" | ", cells)} | {verdict} |");
    }
}

// What the criterion does not look at.
void OutsideTheCriterion()
{
    var columns = sets.SelectMany(set => levels.Select(level => (Set: set, Level: level)))
        .Where(column => column.Set == "wikidata" || !column.Level.StartsWith("mismatched", StringComparison.Ordinal))
        .Select(column => (Name: $"{column.Set}, {Words(column.Level)}", Found: Results(column.Set, column.Level, "nDCG@10"))).Where(column => column.Found.Count > 0).ToList();
    if (columns.Count == 0) return;
    Console.WriteLine("\n## Outside the criterion\n\nnDCG@10 of `plain`, and differences from it; \\*: Holm p < .05 over the arms of a set and level.\n");
    Console.WriteLine($"| arm | {string.Join(" | ", columns.Select(column => column.Name))} |\n|---|{string.Concat(Enumerable.Repeat("---|", columns.Count))}");
    Console.WriteLine($"| plain | {string.Join(" | ", columns.Select(column => Short(Plain(column.Found)?.Mean)))} |");
    foreach (var arm in arms.Where(arm => columns.Exists(column => column.Found.ContainsKey(arm))))
        Console.WriteLine($"| {arm} | {string.Join(" | ", columns.Select(column => Difference(column.Found.GetValueOrDefault(arm))))} |");
}

// How much noise costs plain fine-tuning, how much of that each way to filter examples brings back, and how far that is from a filter that knows what is wrong.
void Recovered()
{
    string[] shares = ["0.1", "0.2", "0.3", "0.4"], filters = ["a4-weigh", "a4-sample", "a4-mixture"];
    var columns = new List<(string Set, string Share, double Cost, OrderedDictionary<string, Comparison> Found)>();
    foreach (var set in sets)
    {
        var clean = Results(set, "mismatched-0", "nDCG@10");
        foreach (var share in shares)
        {
            var found = Results(set, $"mismatched-{share}", "nDCG@10");
            if (Plain(clean) is { } sound && Plain(found) is { } damaged) columns.Add((set, share, sound.Mean - damaged.Mean, found));
        }
    }

    if (columns.Count == 0) return;
    Console.WriteLine("\n## What noise costs, and what comes back\n\nnDCG@10 that `plain` loses by the noise; what `oracle` gains, which is no arm: it is told which labels are wrong and, from the second epoch on, as the others, leaves out those and nothing else; differences from `plain` in percent of the loss (if that is .002 or more); and differences from `oracle`. \\*: Holm p < .05 over a row.\n");
    Console.WriteLine($"| | {string.Join(" | ", columns.Select(column => $"{column.Set}, ρ = {column.Share}"))} |\n|---|{string.Concat(Enumerable.Repeat("---|", columns.Count))}");
    Row("lost by `plain`", columns.Select(column => $"{column.Cost:F4}"));
    var oracle = Beside("oracle", "plain");
    Row("`oracle` above `plain`", oracle.Select(Difference));
    Row("`oracle`, brought back", columns.Zip(oracle, (column, comparison) => Share(comparison, column.Cost)));
    foreach (var arm in filters) Row($"`{arm}`, brought back", columns.Select(column => Share(column.Found.GetValueOrDefault(arm), column.Cost)));
    var besideOracle = filters.Select(arm => (Arm: arm, Found: Beside(arm, "oracle"))).ToList();
    foreach (var (arm, found) in besideOracle) Row($"`{arm}` above `oracle`", found.Select(Difference));

    Console.WriteLine("\n## Beside the oracle\n\n`oracle` beside `plain`, and the filters beside `oracle`, in full; p is corrected over a row of the table above.\n\n| set | noise | arm | control | seeds | difference | 95% interval | p (Holm) |\n|---|---|---|---|---|---|---|---|");
    foreach (var (arm, control, found) in besideOracle.Select(row => (row.Arm, "oracle", row.Found)).Prepend(("oracle", "plain", oracle)))
    {
        foreach (var (column, comparison) in columns.Zip(found))
        {
            if (comparison is not null) Row(column.Set, [$"mismatched {column.Share}", arm, control, $"{comparison.System.Seeds}", Signed(comparison.Difference), Interval(comparison), $"{Chance(comparison.CorrectedP)}{comparison.Star}"]);
        }
    }

    // One for each column, corrected over them.
    Comparison?[] Beside(string arm, string control)
    {
        var found = new OrderedDictionary<int, Comparison>();
        foreach (var (number, column) in columns.Index())
        {
            var file = $"{output}/results/controls/{column.Set}.mismatched-{column.Share}/{arm}.{control}.json";
            if (File.Exists(file)) found.Add(number, Only(file));
        }

        Corrected(found);
        return [.. columns.Select((_, number) => found.GetValueOrDefault(number))];
    }

    static void Row(string name, IEnumerable<string> cells) => Console.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
    static string Share(Comparison? comparison, double cost) => comparison is not null && cost >= 0.002 ? $"{100 * comparison.Difference / cost:F0}%" : "";
}

// Arms with another control than plain fine-tuning.
void Controls()
{
    var tables = sets.Select(set => (Set: set, Columns: levels.Select(level => (Level: level, Found: AgainstControls(set, level))).Where(column => column.Found.Count > 0).ToList())).Where(table => table.Columns.Count > 0).ToList();
    if (tables.Count == 0) return;
    Console.WriteLine("\n## Against their controls\n\nDifferences in nDCG@10 from the control; \\*: Holm p < .05 over the pairs of a set and level.");
    foreach (var (set, columns) in tables)
    {
        Console.WriteLine($"\n| {set} | control | {string.Join(" | ", columns.Select(column => Words(column.Level)))} |\n|---|---|{string.Concat(Enumerable.Repeat("---|", columns.Count))}");
        foreach (var pair in columns.SelectMany(column => column.Found.Keys).Distinct().OrderBy(pair => Array.IndexOf(arms, pair.Arm)).ThenBy(pair => Array.IndexOf(arms, pair.Control)))
            Console.WriteLine($"| {pair.Arm} | {pair.Control} | {string.Join(" | ", columns.Select(column => Difference(column.Found.GetValueOrDefault(pair))))} |");
    }
}

OrderedDictionary<(string Arm, string Control), Comparison> AgainstControls(string set, string level)
{
    var found = new OrderedDictionary<(string Arm, string Control), Comparison>();
    foreach (var file in Entries($"{output}/results/controls/{set}.{level}", @".*\.json"))
    {
        if (Path.GetFileNameWithoutExtension(file).Split('.') is [not "oracle" and var arm, not "oracle" and var control]) found.Add((arm, control), Only(file));
    }

    return Corrected(found);
}

static Comparison Only(string file) => Comparison.From(Read(file).GetProperty("comparisons").EnumerateArray().Single());

void Comparisons(string set, string level)
{
    var (found, reciprocal, recall) = (Results(set, level, "nDCG@10"), Results(set, level, "RR@10"), Results(set, level, "R@100"));
    if (found.Count == 0) return;
    Console.WriteLine($"\n### `{set}`, {Words(level)}\n");
    Console.WriteLine("| arm | seeds | nDCG@10 | difference | 95% interval | p (Holm) | smallest found | RR@10 | R@100 |\n|---|---|---|---|---|---|---|---|---|");
    Console.WriteLine($"| plain | {Plain(found)!.Seeds} | {Short(Plain(found)?.Mean)} | | | | | {Short(Plain(reciprocal)?.Mean)} | {Short(Plain(recall)?.Mean)} |");
    foreach (var arm in arms.Where(found.ContainsKey))
    {
        var comparison = found[arm];
        Console.WriteLine($"| {arm} | {comparison.System.Seeds} | {Short(comparison.System.Mean)} | {Signed(comparison.Difference)} | {Interval(comparison)} "
            + $"| {Chance(comparison.CorrectedP)}{comparison.Star} | {Short(comparison.Detectable)} "
            + $"| {Short(reciprocal.GetValueOrDefault(arm)?.System.Mean)} | {Short(recall.GetValueOrDefault(arm)?.System.Mean)} |");
    }
}

void Detection()
{
    var parts = new List<(string Set, string Level, string Arm, string Part, JsonElement Found)>();
    foreach (var file in Entries($"{output}/results/detection", @".*\.json"))
    {
        if (Regex.Match(Path.GetFileName(file), @"^(\w+)\.(\w+-[\d.]+)\.([\w-]+)-\d+\.json$") is not { Success: true, Groups: var of }) continue;
        parts.AddRange(Read(file).EnumerateArray().Select(part => (of[1].Value, of[2].Value, of[3].Value, part.GetProperty("part").GetString()!, part)));
    }

    var rows = parts.GroupBy(part => (part.Set, part.Level, part.Part, part.Arm), part => part.Found)
        .Where(row => Values(row, "noise_before").Any(noise => noise > 0))
        .OrderBy(row => Array.IndexOf(sets, row.Key.Set)).ThenBy(row => Array.IndexOf(levels, row.Key.Level))
        .ThenBy(row => row.Key.Part, StringComparer.Ordinal).ThenBy(row => Array.IndexOf(arms, row.Key.Arm)).ToList();
    if (rows.Count == 0) return;
    Console.WriteLine("\n## What the filters noticed\n\nMeans over seeds and the epochs with a filter. Of examples and positives, noisy is a passage that does not answer; of negatives, one that does. AUC: chance that noisy has the lower acceptance, over all pairs, and over those of a query (bounds of negatives and positives are a query's own, so that queries have no common scale). Precision and recall: of rejection. Parts without noise are left out.\n");
    Console.WriteLine("| set | noise | part | arm | AUC | in query | precision | recall | noise before | after | by the formula |\n|---|---|---|---|---|---|---|---|---|---|---|");
    string[] measures = ["auc", "auc_within_queries", "precision", "recall", "noise_before", "noise_after", "noise_expected"];
    foreach (var row in rows)
    {
        var means = measures.Select(measure => Short(MeanOrNothing(Values(row, measure))));
        Console.WriteLine($"| {row.Key.Set} | {Words(row.Key.Level)} | {row.Key.Part} | {row.Key.Arm} | {string.Join(" | ", means)} |");
    }
}

void Costs()
{
    Console.WriteLine("\n## Costs\n\nOf a training at ρ = .2 (means over seeds): steps; groups passed forward and backward, by the student and by teachers in training; pairs that teachers scored for the filter; examples kept; floating-point operations. Teachers are counted for each arm as if it had trained its own; what the student scores for a filter, a forward pass over the candidates, is not.\n");
    Console.WriteLine("| set | arm | steps | groups, student | groups, teachers | pairs scored by teachers | share kept | FLOP, student | FLOP, teachers |\n|---|---|---|---|---|---|---|---|---|");
    const int Layer = (4 * 384 * 384) + (2 * 384 * 1024);                                           // weights of the one layer that is multiplied with every token
    foreach (var set in sets)
    {
        // Mean tokens of a training query and of a passage, as far as the model reads them.
        var lengths = $"{output}/{set}.tokens.json";
        var length = File.Exists(lengths) ? Read(lengths) : (JsonElement?)null;
        foreach (var arm in arms[1..])
        {
            var models = Entries($"{output}/models/{set}/mismatched-0.2", $"{arm}-\\d+");
            var trainings = models.Select(model => $"{model}/manifest.json").Where(File.Exists).Select(Training.Read).ToList();
            if (trainings.Count == 0) continue;
            var own = Mean(trainings.Select(training => training.Groups));
            var folds = Mean(trainings.Select(training => training.TeacherGroups));
            var pairs = Mean(trainings.Select(training => training.TeacherPairs));
            var (student, teachers) = ("", "");
            if (length is { } tokens)
            {
                var (query, passage) = (tokens.GetProperty("query").GetDouble(), tokens.GetProperty("passage").GetDouble());
                var passages = tokens.GetProperty("passages").GetInt32();
                var texts = arm switch { "hard" or "a6" or "a7" or "a7-a4" => 2, "list" or "bounded" => 5, "graded" => set == "pages" ? 5 : 8, _ => 1 };
                var group = query + (texts * passage);
                student = Scientific(6 * Layer * own * group);
                // Passages are encoded once for many pairs: by each of five models at most the whole collection.
                if (folds > 0) teachers = Scientific((6 * Layer * folds * group) + (2 * Layer * Math.Min(pairs, 5 * passages) * passage));
            }

            Console.WriteLine($"| {set} | {arm} | {Mean(trainings.Select(training => training.Steps)):F0} | {own:F0} | {folds:F0} | {pairs:F0} "
                + $"| {Short(MeanOrNothing(trainings.SelectMany(training => training.SharesKept)))} | {student} | {teachers} |");
        }
    }
}

void Plot(string set)
{
    double[] shares = [0, 0.1, 0.2, 0.3, 0.4];
    var points = drawn.ToDictionary(arm => arm, _ => new List<(double Share, double Value)>());
    foreach (var share in shares)
    {
        var found = Results(set, $"mismatched-{share}", "nDCG@10");
        if (Plain(found) is not { } plain) continue;
        // Seeds that only some arms have must not move a line: an arm stands as far from plain fine-tuning as with the same seeds.
        foreach (var arm in drawn)
        {
            var difference = arm == "plain" ? 0 : found.GetValueOrDefault(arm)?.Difference;
            if (difference is { } apart) points[arm].Add((share, plain.Mean + apart));
        }
    }

    var lines = drawn.Where(arm => points[arm].Count > 1).ToList();
    if (lines.Count == 0) return;
    string[] colours = ["#000000", "#0072b2", "#56b4e9", "#009e73", "#d55e00", "#cc79a7", "#e69f00", "#999999", "#7f3c8d", "#a5561e"];
    var values = lines.SelectMany(arm => points[arm]).Select(point => point.Value).ToList();
    var (low, high) = (values.Min() - 0.005, values.Max() + 0.005);
    double X(double share) => 60 + (share / 0.4 * 520);
    double Y(double value) => 330 - ((value - low) / (high - low) * 300);

    List<string> svg = ["""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 380" font-family="sans-serif" font-size="12">"""];
    svg.Add("""<rect width="760" height="380" fill="#fff"/>""");
    var step = high - low < 0.12 ? 0.01 : 0.02;
    for (var tick = Math.Ceiling(low / step) * step; tick <= high; tick += step)
    {
        svg.Add($"""<path d="M60 {Y(tick):F1}H580" stroke="#ddd"/>""");
        svg.Add($"""<text x="54" y="{Y(tick) + 4:F1}" text-anchor="end">{tick:F2}</text>""");
    }

    svg.AddRange(shares.Select(share => $"""<text x="{X(share):F0}" y="350" text-anchor="middle">{share}</text>"""));
    svg.Add("""<text x="320" y="372" text-anchor="middle">share of mismatched positives, ρ</text>""");
    svg.Add($"""<text x="60" y="18">{set}: nDCG@10 on test</text>""");
    foreach (var (number, arm) in lines.Index())
    {
        var colour = colours[number];
        var at = points[arm].Select(point => (X: $"{X(point.Share):F1}", Y: $"{Y(point.Value):F1}")).ToList();
        svg.Add($"""<polyline fill="none" stroke-width="2" stroke="{colour}" points="{string.Join(' ', at.Select(point => $"{point.X},{point.Y}"))}"/>""");
        svg.AddRange(at.Select(point => $"""<circle cx="{point.X}" cy="{point.Y}" r="3" fill="{colour}"/>"""));
        svg.Add($"""<path d="M596 {40 + (22 * number)}h24" stroke="{colour}" stroke-width="2"/>""");
        svg.Add($"""<text x="626" y="{44 + (22 * number)}">{arm}</text>""");
    }

    Directory.CreateDirectory($"{output}/plots");
    File.WriteAllLines($"{output}/plots/{set}.svg", [.. svg, "</svg>"]);
}

// What is null is left out.
static IEnumerable<double> Values(IEnumerable<JsonElement> parts, string measure) =>
    parts.Select(part => part.GetProperty(measure)).Where(value => value.ValueKind != JsonValueKind.Null).Select(value => value.GetDouble());

// Plain fine-tuning with the most seeds.
static Measured? Plain(OrderedDictionary<string, Comparison> found) => found.Values.Select(comparison => comparison.Baseline).MaxBy(plain => plain.Seeds);

// Files and folders whose whole name has the form, in order.
static IEnumerable<string> Entries(string folder, string form) => !Directory.Exists(folder) ? [] :
    Directory.EnumerateFileSystemEntries(folder).Where(path => Regex.IsMatch(Path.GetFileName(path), $"^{form}$")).Order(StringComparer.Ordinal);

static JsonElement Read(string path) => JsonElement.Parse(File.ReadAllText(path));

static double Mean(IEnumerable<double> values) => MeanOrNothing(values)!.Value;

// The sum is compensated (Neumaier), so that the order of the files does not decide how a mean is rounded.
static double? MeanOrNothing(IEnumerable<double> values)
{
    var (sum, lost, count) = (0.0, 0.0, 0);
    foreach (var value in values)
    {
        var next = sum + value;
        lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
        (sum, count) = (next, count + 1);
    }

    return count == 0 ? null : (sum + lost) / count;
}

static string Interval(Comparison comparison) => $"{Signed(comparison.Low)} to {Signed(comparison.High)}";

static string Chance(double p) => p < 0.0001 ? "< .0001" : p < 1 ? $"{p:F4}".TrimStart('0') : "1";

// Nothing for nothing; .123 for 0.123.
static string Short(double? value) => $"{value:F3}" is ['0', .. var fraction] ? fraction : $"{value:F3}";

// Nothing for nothing; with a star where it is significant.
static string Difference(Comparison? comparison) => comparison is null ? "" : $"{Signed(comparison.Difference)}{comparison.Star}";

static string Signed(double value) => double.IsNegative(value) ? $"{value:F4}" : $"+{value:F4}";

// Two digits are enough for the exponent.
static string Scientific(double value) => $"{value:e1}".Replace("e+0", "e+", StringComparison.Ordinal);

static string Words(string level) => level.Replace('-', ' ');

internal sealed record Measured(double Mean, int Seeds)
{
    public static Measured From(JsonElement system) => new(system.GetProperty("mean").GetDouble(), system.GetProperty("run_means").GetArrayLength());
}

internal sealed record Comparison(string Arm, Measured System, Measured Baseline, double Difference, double Low, double High, double P, double? Detectable)
{
    public double CorrectedP { get; init; }

    public bool Significant => CorrectedP < 0.05;

    public string Star => Significant ? " \\*" : "";

    public static Comparison From(JsonElement found)
    {
        var (system, interval, detectable) = (found.GetProperty("system"), found.GetProperty("interval"), found.GetProperty("minimal_detectable_difference"));
        return new(
            system.GetProperty("name").GetString()!, Measured.From(system), Measured.From(found.GetProperty("baseline")), found.GetProperty("difference").GetDouble(),
            interval[0].GetDouble(), interval[1].GetDouble(), found.GetProperty("p").GetDouble(), detectable.ValueKind == JsonValueKind.Null ? null : detectable.GetDouble());
    }
}

// What a training's manifest tells of its costs; groups of all epochs, and of all folds of its teachers.
internal sealed record Training(double Steps, double Groups, double TeacherGroups, double TeacherPairs, IReadOnlyList<double> SharesKept)
{
    public static Training Read(string path)
    {
        var manifest = JsonElement.Parse(File.ReadAllText(path));
        var (groups, sampled) = (Number(manifest, "groups"), Items(manifest, "sampling"));
        var teacher = manifest.TryGetProperty("teacher", out var used) ? used : JsonElement.Parse("{}");
        // What was sampled last for an epoch is what it had; the epochs of a warm-up had all.
        return new(
            Number(manifest.GetProperty("reached"), "steps"),
            manifest.GetProperty("history").EnumerateArray().Sum(epoch => sampled.LastOrDefault(part => Number(part, "epoch") == Number(epoch, "epoch")) is { ValueKind: JsonValueKind.Object } last ? Number(last, "groups") : groups),
            Items(teacher, "folds").Sum(fold => Number(fold, "groups")),
            teacher.TryGetProperty("pairs", out var pairs) ? pairs.GetDouble() : 0,
            [.. sampled.Where(part => part.GetProperty("part").ValueEquals("examples")).Select(ShareKept)]);
    }

    // Examples that are weighed are all there; what sampling would keep is told instead.
    private static double ShareKept(JsonElement part) => !part.TryGetProperty("mean_weight", out var weight) || weight.GetDouble() == 1
        ? Number(part, "accepted") / Number(part, "proposals") : Number(part, "expected_rate");

    private static double Number(JsonElement of, string field) => of.GetProperty(field).GetDouble();

    private static JsonElement[] Items(JsonElement of, string field) => of.TryGetProperty(field, out var items) ? [.. items.EnumerateArray()] : [];
}
