using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Training.Configuration;

namespace Dragoman.Training.Choosing;

/// <summary>
/// Sees to it that epochs are chosen on a dev split. The best of several epochs on test is no measure of the model any more: it is refused unless <c>data.choose_on_test</c> says so, and is then written into the model's manifest,
/// from which every evaluation of its runs tells it.
/// </summary>
internal static class DevChoice
{
    /// <summary>Reads <c>data.choose_on_test</c> and notes a dev split that is the training or a test split.</summary>
    /// <param name="data">The section <c>data</c>.</param>
    /// <param name="train">Name of the split that is trained on.</param>
    /// <param name="dev">Name of the split that epochs are chosen on.</param>
    /// <param name="isUsed">Whether anything is chosen at all.</param>
    /// <returns>Whether choosing on test is wanted.</returns>
    internal static bool Read(ConfigurationSection data, string train, string dev, bool isUsed)
    {
        var wanted = data.Flag("choose_on_test", false);
        if (dev == train) data.Problem("dev", $"is '{dev}', the split that is trained on; choose epochs on another one.");
        if (isUsed && !wanted && IsTestName(dev)) data.Problem("dev", $"is '{dev}', a test split: the best epoch on test flatters the model. Choose on another split, or set data.choose_on_test: true, which every result of the model will tell.");
        return wanted;
    }

    /// <summary>Whether epochs would be chosen on test, by name or by judgements.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="dev">Name of the dev split.</param>
    /// <param name="judgements">Its judgements.</param>
    /// <param name="wanted">Whether that is wanted.</param>
    /// <exception cref="ConfigurationException">It would, and it is not wanted.</exception>
    internal static bool IsOnTest(Collection collection, string dev, Qrels judgements, bool wanted)
    {
        if (IsTestName(dev)) return true;
        var fingerprint = judgements.Fingerprint();
        var same = collection.Splits.FirstOrDefault(split => IsTestName(split) && collection.ReadQrels(split).Fingerprint() == fingerprint);
        if (same is not null && !wanted)
        {
            throw new ConfigurationException(collection.Folder,
                [$"the judgements of dev split '{dev}' are those of '{same}', and the best epoch on test flatters the model. Choose on another split, or set data.choose_on_test: true, which every result of the model will tell."]);
        }
        return same is not null;
    }

    /// <summary>Reads the dev split for calibrating a teacher, which is refused on a test split as choosing is.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="train">Name of the split that is trained on; null for the only one.</param>
    /// <param name="dev">Name of the split.</param>
    /// <param name="wanted">Whether <c>data.choose_on_test</c> allows a test split.</param>
    /// <exception cref="ConfigurationException">There is no such split, or it is the training or a test split.</exception>
    internal static Qrels ForCalibration(Collection collection, string? train, string dev, bool wanted)
    {
        const string without = "Name another split as data.dev, or set sampling.teacher.calibrate: false.";
        if (dev == train) throw new ConfigurationException(collection.Folder, [$"sampling.teacher is calibrated on data.dev, and '{dev}' is trained on. {without}"]);
        if (!collection.Splits.Contains(dev, StringComparer.Ordinal)) throw new ConfigurationException(collection.Folder, [$"sampling.teacher is calibrated on data.dev, and there is no split '{dev}' (there is {string.Join(", ", collection.Splits)}). {without}"]);
        if (IsTestName(dev) && !wanted) throw new ConfigurationException(collection.Folder, [$"sampling.teacher is calibrated on data.dev, and '{dev}' is a test split, which flatters the model. {without}"]);
        var judgements = collection.ReadQrels(dev);
        IsOnTest(collection, dev, judgements, wanted);
        return judgements;
    }

    private static bool IsTestName(string split) => split.StartsWith("test", StringComparison.OrdinalIgnoreCase);
}
