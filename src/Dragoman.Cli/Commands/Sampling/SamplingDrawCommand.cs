using System.CommandLine;
using System.Globalization;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Ledger;

namespace Dragoman.Cli.Commands.Sampling;

/// <summary><c>sampling draw</c>: draws training passages from a run's candidates and writes the ledger.</summary>
internal static class SamplingDrawCommand
{
    internal static Command Create()
    {
        var defaults = new SamplingOptions();
        var candidates = new CandidateOptions();
        var scheme = new Option<string>("--scheme") { Description = $"{string.Join(", ", SamplingScheme.All)}.", HelpName = "SCHEME", DefaultValueFactory = _ => defaults.Scheme };
        scheme.AcceptOnlyFromAmong([.. SamplingScheme.All]);
        var bound = new Option<string?>("--bound") { Description = "exact, running, variation, quantile, or a number; exact, and for quasi-rejection variation, by default.", HelpName = "M" };
        var alpha = new Option<double>("--alpha") { Description = "Total variation that variation and quantile allow.", HelpName = "ALPHA", DefaultValueFactory = _ => defaults.Bound.Alpha };
        var wanted = new Option<int>("--wanted") { Description = "How much is wanted for a query.", HelpName = "N", DefaultValueFactory = _ => defaults.Stop.Wanted };
        var stop = new Option<string>("--stop") { Description = "What is counted against it: ess (effective size), accepted, or proposals.", DefaultValueFactory = _ => "ess" };
        stop.AcceptOnlyFromAmong("ess", "accepted", "proposals");
        var distinct = new Option<bool>("--distinct") { Description = "Take no passage twice." };
        var beta = new Option<double>("--beta") { Description = "Softness of scheme rso.", HelpName = "BETA", DefaultValueFactory = _ => defaults.Beta };
        var bestGrade = new Option<int>("--best-grade") { Description = "The grade that a reward of 1 stands for (rso, raft, rest).", HelpName = "GRADE", DefaultValueFactory = _ => defaults.BestGrade };
        var factor = new Option<int>("--factor") { Description = "Proposals for each that is wanted (raft, rest, resampling).", HelpName = "N", DefaultValueFactory = _ => defaults.Factor };
        var thresholds = new Option<double[]>("--thresholds") { Description = "Rewards that scheme rest asks for, one for each epoch.", HelpName = "R", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. defaults.Thresholds] };
        var noise = new Option<double>("--noise-rate") { Description = "Share of wrong grades that scheme agreement assumes.", HelpName = "SHARE", DefaultValueFactory = _ => defaults.NoiseRate };
        var epoch = new Option<int>("--epoch") { Description = "The epoch to draw for; each draws others.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var seed = new Option<int>("--seed") { Description = "Seed of the draws.", HelpName = "N", DefaultValueFactory = _ => defaults.Seed };
        var threads = ModelOptions.Threads();
        var output = new Option<string>("--output") { Description = "Ledger to write; compressed when the name ends in .gz.", Required = true, HelpName = "LEDGER" };
        WholeNumber.RequirePositive(wanted);
        WholeNumber.RequirePositive(epoch);
        var command = new Command("draw", "Draws training passages from a run's candidates and writes down every proposal.");
        candidates.AddTo(command);
        foreach (var option in new Option[] { scheme, bound, alpha, wanted, stop, distinct, beta, bestGrade, factor, thresholds, noise, epoch, seed, threads, output }) command.Options.Add(option);
        var use = new SchemeUse();
        candidates.Tell(use);
        use.Belongs(bound, SamplingScheme.Rejection, SamplingScheme.QuasiRejection);
        use.Belongs(alpha, SamplingScheme.QuasiRejection);
        use.Belongs(wanted, SamplingScheme.All.Except([SamplingScheme.Agreement, SamplingScheme.SeedLiteral]));
        use.Belongs(stop, [.. SchemeUse.Accepting, SamplingScheme.Importance]);
        use.Belongs(distinct, SchemeUse.Accepting);
        use.Belongs(beta, SamplingScheme.Rso);
        use.Belongs(bestGrade, SchemeUse.Rewarded);
        use.Belongs(factor, SamplingScheme.Raft, SamplingScheme.Rest, SamplingScheme.Resampling);
        use.Belongs(thresholds, SamplingScheme.Rest);
        use.Belongs(noise, SamplingScheme.Agreement);
        command.SetAction((parsed, token) =>
        {
            var problems = use.Problems(parsed, parsed.GetValue(scheme)!).ToList();
            if (problems.Count == 0) problems.AddRange(candidates.Problems(parsed));
            if (problems.Count == 0 && SchemeUse.IsGiven(parsed, alpha) && parsed.GetValue(bound) is not (null or "variation" or "quantile")) problems.Add($"{alpha.Name} belongs to {bound.Name} variation or quantile; leave it out.");
            if (problems.Count > 0) throw new ConfigurationException("sampling draw", problems);
            var options = candidates.Sampling(parsed) with
            {
                Scheme = parsed.GetValue(scheme)!,
                Bound = BoundOf(parsed.GetValue(bound), parsed.GetValue(scheme)!, parsed.GetValue(alpha)),
                Stop = new StopRule { Wanted = parsed.GetValue(wanted), Distinct = parsed.GetValue(distinct), Count = parsed.GetValue(stop) switch { "ess" => StopCount.EffectiveSize, "accepted" => StopCount.Accepted, _ => StopCount.Proposals } },
                Beta = parsed.GetValue(beta),
                BestGrade = parsed.GetValue(bestGrade),
                Factor = parsed.GetValue(factor),
                Thresholds = parsed.GetValue(thresholds)!,
                NoiseRate = parsed.GetValue(noise),
                Seed = parsed.GetValue(seed),
            };
            var (sampler, path) = (new QuerySampler(options), parsed.GetRequiredValue(output));
            OutputPath.RequireFile(path);
            var (lists, data) = candidates.Read(parsed);
            var zeros = 0;
            var draws = sampler.Draw(lists.Lists().Select(list =>
            {
                if (list.HasOnlyZeros) zeros++;
                return list;
            }), parsed.GetValue(epoch), parsed.GetValue(threads) ?? Environment.ProcessorCount, token);
            var totals = SamplingLedger.Write(path, new LedgerHeader(data, options.Seed), draws);
            if (zeros > 0) Console.Error.WriteLine($"warning: {Amount.Of(zeros, "query")} without a candidate of a grade above 0; where the grades make the target, it is uniform there.");
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Drew for {Amount.Of(totals.Queries, "query")} by {options.Scheme} in {totals.ProposalTime.TotalSeconds + totals.TargetTime.TotalSeconds:F2} processor seconds, to {path}; see it by 'dragoman sampling inspect {path}'."));
            return Task.FromResult(0);
        });
        return command;
    }

    private static BoundOptions BoundOf(string? text, string scheme, double alpha) => text switch
    {
        null => new BoundOptions { Kind = scheme == SamplingScheme.QuasiRejection ? BoundKind.Variation : BoundKind.Exact, Alpha = alpha },
        "exact" => new BoundOptions { Kind = BoundKind.Exact },
        "running" => new BoundOptions { Kind = BoundKind.Running },
        "variation" => new BoundOptions { Kind = BoundKind.Variation, Alpha = alpha },
        "quantile" => new BoundOptions { Kind = BoundKind.Quantile, Alpha = alpha },
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number) => new BoundOptions { Kind = BoundKind.Given, LogGiven = Math.Log(number) },
        _ => throw new ConfigurationException("--bound", [$"'{text}' is no bound; use exact, running, variation, quantile, or a number above 0."]),
    };
}
