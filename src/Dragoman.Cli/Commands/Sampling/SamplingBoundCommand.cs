using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Cli.Reports;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Training.Sampling.Rejection;

namespace Dragoman.Cli.Commands.Sampling;

/// <summary><c>sampling bound</c>: estimates M from judgements and a model's scores, and what each way to draw would cost.</summary>
internal static class SamplingBoundCommand
{
    private static readonly (string Name, double Share)[] Quantiles = [("least", 0), ("10%", 0.1), ("median", 0.5), ("90%", 0.9), ("greatest", 1)];

    internal static Command Create()
    {
        var candidates = new CandidateOptions();
        var alpha = new Option<double>("--alpha") { Description = "Total variation that quasi-rejection may have.", HelpName = "ALPHA", DefaultValueFactory = _ => new BoundOptions().Alpha };
        var given = new Option<double?>("--given") { Description = "An M to look at: in how many queries it is too small, and how far off that is.", HelpName = "M" };
        var json = new Option<bool>("--json") { Description = "Print every query's numbers as JSON." };
        var command = new Command("bound", "Estimates the bound M of rejection sampling from data and model, and what each choice costs.");
        candidates.AddTo(command);
        command.Options.Add(alpha);
        command.Options.Add(given);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var (sampling, share, bound) = (candidates.Sampling(parsed), parsed.GetValue(alpha), parsed.GetValue(given));
            var problems = candidates.Problems(parsed).Concat(sampling.Problems()).ToList();
            if (!(share is > 0 and < 1)) problems.Add(FormattableString.Invariant($"--alpha is {share}; use a number between 0 and 1."));
            if (bound is { } number && !(number > 0 && double.IsFinite(number))) problems.Add(FormattableString.Invariant($"--given is {number}; use a number above 0."));
            if (problems.Count > 0) throw new ConfigurationException("sampling bound", problems);
            var estimates = candidates.Read(parsed).Candidates.Lists().Select(list =>
                BoundEstimate.Of(list, Proposal.Softmax(list, sampling.Proposal), sampling.Target == TargetKind.Graded ? Target.Graded(list, sampling.Smoothing) : Target.SoftmaxOfGrades(list, sampling.TargetTemperature), share, bound)).ToList();
            if (parsed.GetValue(json)) Console.Out.WriteLine(Json(estimates, bound).ToJsonString(StageFolder.Indented));
            else Print(estimates, share, bound);
            return 0;
        });
        return command;
    }

    private static void Print(List<BoundEstimate> estimates, double alpha, double? given)
    {
        (string Name, Func<BoundEstimate, double> Of, string Format)[] rows =
        [
            ("candidates", estimate => estimate.Candidates, "F0"),
            ("M, exact (proposals per acceptance)", estimate => estimate.Bound, "F2"),
            ("acceptance rate 1/M", estimate => 1 / estimate.Bound, "F4"),
            (FormattableString.Invariant($"M', least for total variation {alpha}"), estimate => Math.Exp(estimate.Quasi.LogBound), "F2"),
            ("acceptance rate with M'", estimate => estimate.Quasi.Rate, "F4"),
            ("total variation with M'", estimate => estimate.Quasi.Variation, "F4"),
            (FormattableString.Invariant($"M', quantile {1 - alpha}"), estimate => Math.Exp(estimate.Quantile.LogBound), "F2"),
            ("importance weights: proposals per effective draw", estimate => estimate.ImportanceCost, "F2"),
            ("target on grade 0", estimate => estimate.ZeroMass, "F4"),
        ];
        TextTable.Print(["over the queries", .. Quantiles.Select(quantile => quantile.Name)], [.. rows.Select(row => (string[])[row.Name, .. Quantiles.Select(quantile => Text(At(estimates.Select(row.Of), quantile.Share), row.Format))])], 1);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Amount.Of(estimates.Count, "query")}. One M for all of them must be {Text(estimates.Max(estimate => estimate.Bound), "F2")} (mean rate {1 / estimates.Max(estimate => estimate.Bound):P2}); with each query's own the mean rate is {estimates.Average(estimate => 1 / estimate.Bound):P2}."));
        var zeros = estimates.Count(estimate => estimate.ZeroMass > 0.999999);
        if (zeros > 0) Console.Out.WriteLine($"{Amount.Of(zeros, "query")} of these {(zeros == 1 ? "has" : "have")} no candidate with a grade above 0: the target is uniform there.");
        if (given is not { } bound) return;
        var small = estimates.Where(estimate => estimate.Bound > bound * (1 + 1e-9)).ToList();
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"M = {bound} is too small for {small.Count} of {estimates.Count} queries{(small.Count == 0 ? "." : $"; what they accept is {small.Average(estimate => estimate.GivenVariation):F4} from the target in total variation on average, {small.Max(estimate => estimate.GivenVariation):F4} at most.")}"));
    }

    private static JsonObject Json(List<BoundEstimate> estimates, double? given) => new()
    {
        ["queries"] = new JsonArray([.. estimates.Select(estimate => (JsonNode)new JsonObject
        {
            ["query"] = estimate.QueryId, ["candidates"] = estimate.Candidates, ["bound"] = Number(estimate.Bound), ["importance_cost"] = Number(estimate.ImportanceCost), ["zero_mass"] = estimate.ZeroMass,
            ["quasi_bound"] = Number(Math.Exp(estimate.Quasi.LogBound)), ["quasi_rate"] = Number(estimate.Quasi.Rate), ["quasi_variation"] = estimate.Quasi.Variation, ["quantile_bound"] = Number(Math.Exp(estimate.Quantile.LogBound)), ["given_variation"] = given is null ? null : Number(estimate.GivenVariation),
        })]),
    };

    private static string Text(double value, string format) => value.ToString(value is >= 1e6 or > 0 and < 1e-4 ? "0.00e0" : format, CultureInfo.InvariantCulture);

    // Without a defensive mixture M may be beyond all numbers.
    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;

    private static double At(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)Math.Round(share * (sorted.Count - 1))];
    }
}
