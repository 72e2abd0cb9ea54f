using System.CommandLine;
using Dragoman.Collections;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Storage;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Ledger;

namespace Dragoman.Cli.Commands.Sampling;

/// <summary>Options of where candidates come from, and how their scores and grades become proposal and target.</summary>
internal sealed class CandidateOptions
{
    private static readonly SamplingOptions Defaults = new();
    private readonly Option<string> _run = new("--run") { Description = "The first stage's or model's run, whose scores make the proposal.", Required = true, HelpName = "RUN" };
    private readonly Option<string> _qrels = new("--qrels") { Description = "Judgements, whose grades make the target.", Required = true, HelpName = "QRELS" };
    private readonly Option<int?> _depth = new("--depth") { Description = "Candidates of a query; all of the run by default.", HelpName = "N" };
    private readonly Option<double> _temperature = new("--temperature") { Description = "What scores are divided by.", HelpName = "T", DefaultValueFactory = _ => Defaults.Proposal.Temperature };
    private readonly Option<double> _defence = new("--defence") { Description = "Share of the uniform distribution in the proposal.", HelpName = "SHARE", DefaultValueFactory = _ => Defaults.Proposal.Defence };
    private readonly Option<string> _target = new("--target") { Description = "graded (2^g - 1 + smoothing) or softmax (of grades).", DefaultValueFactory = _ => "graded" };
    private readonly Option<double> _smoothing = new("--smoothing") { Description = "What a grade of 0 counts in the graded target.", HelpName = "DELTA", DefaultValueFactory = _ => Defaults.Smoothing };
    private readonly Option<double> _targetTemperature = new("--target-temperature") { Description = "What grades are divided by in the softmax target.", HelpName = "T", DefaultValueFactory = _ => Defaults.TargetTemperature };

    internal CandidateOptions()
    {
        _target.AcceptOnlyFromAmong("graded", "softmax");
        WholeNumber.RequirePositive(_depth);
    }

    internal void AddTo(Command command)
    {
        foreach (var option in new Option[] { _run, _qrels, _depth, _temperature, _defence, _target, _smoothing, _targetTemperature }) command.Options.Add(option);
    }

    /// <summary>Says which schemes use them.</summary>
    internal void Tell(SchemeUse use)
    {
        use.Belongs(_temperature, [.. SchemeUse.Proposing, SamplingScheme.Agreement, SamplingScheme.SeedLiteral]);
        use.Belongs(_defence, SchemeUse.Proposing);
        foreach (var option in new Option[] { _target, _smoothing, _targetTemperature }) use.Belongs(option, SchemeUse.Targeted);
    }

    /// <summary>Parameters of a target other than the one that is chosen, a sentence each.</summary>
    internal IEnumerable<string> Problems(ParseResult parsed)
    {
        var target = parsed.GetValue(_target);
        if (target == "graded" && SchemeUse.IsGiven(parsed, _targetTemperature)) yield return $"{_targetTemperature.Name} belongs to {_target.Name} softmax; leave it out.";
        if (target == "softmax" && SchemeUse.IsGiven(parsed, _smoothing)) yield return $"{_smoothing.Name} belongs to {_target.Name} graded; leave it out.";
    }

    internal SamplingOptions Sampling(ParseResult parsed) => new()
    {
        Proposal = new ProposalOptions { Temperature = parsed.GetValue(_temperature), Defence = parsed.GetValue(_defence) },
        Target = parsed.GetValue(_target) == "graded" ? TargetKind.Graded : TargetKind.SoftmaxOfGrades,
        Smoothing = parsed.GetValue(_smoothing),
        TargetTemperature = parsed.GetValue(_targetTemperature),
    };

    /// <summary>The candidates, and the name of the data set that they are of.</summary>
    internal (RunCandidates Candidates, string Data) Read(ParseResult parsed)
    {
        var (path, qrels) = (parsed.GetRequiredValue(_run), QrelsFile.Read(parsed.GetRequiredValue(_qrels)));
        var candidates = new RunCandidates(RunFile.Read(path), qrels, parsed.GetValue(_depth));
        if (candidates.Count > 0 && candidates.Unjudged > 0) Console.Error.WriteLine($"warning: {path}: {Amount.Of(candidates.Unjudged, "query")} without judgements left out.");
        return (candidates, SamplingLedger.DataOf(qrels, Fingerprint.OfFile(path)));
    }
}
