using System.Diagnostics;
using System.Globalization;
using Dragoman.Collections.Errors;
using Dragoman.Training.ParallelTexts;

namespace Dragoman.Training.StaticEncoders;

/// <summary>Makes a SentencePiece unigram vocabulary from parallel text with SentencePiece's own <c>spm_train</c>, rare languages sampled up.</summary>
public static class VocabularyTrainer
{
    private const string Command = "spm_train", TextFile = "vocabulary.txt", ModelPrefix = "spiece";

    /// <summary>Writes <c>spiece.model</c>; one that is there already is kept.</summary>
    /// <param name="folder">Where to work and leave the model.</param>
    /// <param name="sources">The text; held-out rows are not looked at.</param>
    /// <param name="options">How to make it.</param>
    /// <param name="seed">Seed of the sample.</param>
    /// <param name="threads">Threads of <c>spm_train</c>.</param>
    /// <returns>Path of the model.</returns>
    /// <exception cref="DragomanException"><c>spm_train</c> is missing or failed.</exception>
    public static string Train(string folder, IReadOnlyList<ParallelSource> sources, VocabularyOptions options, int seed, int threads)
    {
        var model = Path.Combine(folder, ModelPrefix + ".model");
        if (File.Exists(model)) return model;
        Directory.CreateDirectory(folder);
        var text = Path.Combine(folder, TextFile);
        WriteText(text, sources, options, seed);
        const string prefix = ModelPrefix + ".partial";
        // The model records these two names, so they are relative to the folder.
        Run(folder,
            $"--input={TextFile}", $"--model_prefix={prefix}", $"--vocab_size={options.Size}", "--model_type=unigram", "--byte_fallback=true", "--normalization_rule_name=nmt_nfkc_cf",
            string.Create(CultureInfo.InvariantCulture, $"--character_coverage={options.CharacterCoverage}"), "--input_sentence_size=1500000", "--shuffle_input_sentence=true",
            $"--num_threads={threads}", "--max_sentencepiece_length=16", "--bos_id=-1", "--eos_id=-1", "--pad_id=-1", "--unk_id=0", "--minloglevel=1");
        File.Delete(text);
        File.Delete(Path.Combine(folder, prefix + ".vocab"));
        File.Move(Path.Combine(folder, prefix + ".model"), model);
        return model;
    }

    private static void WriteText(string path, IReadOnlyList<ParallelSource> sources, VocabularyOptions options, int seed)
    {
        var texts = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            var position = 0;
            foreach (var row in source.Read())
            {
                if (source.IsHeldOut(position++)) continue;
                foreach (var (language, text) in row.Texts)
                {
                    if (!texts.TryGetValue(language, out var list)) texts[language] = list = [];
                    list.Add(text.ReplaceLineEndings(" "));
                }
            }
        }
        var characters = texts.ToDictionary(language => language.Key, language => language.Value.Sum(text => (long)text.Length));
        double total = characters.Values.Sum();
        var shares = characters.ToDictionary(language => language.Key, language => Math.Pow(language.Value / total, options.LanguageExponent));
        var allShares = shares.Values.Sum();
        using var writer = new StreamWriter(path);
        foreach (var (language, list) in texts)
        {
            var wanted = Math.Min((long)(options.Characters * shares[language] / allShares), options.MaxRepeats * characters[language]);
            new Random(seed).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list));
            for (long written = 0, index = 0; written < wanted; index++)
            {
                var text = list[(int)(index % list.Count)];
                writer.Write(text);
                writer.Write('\n');
                written += Math.Max(1, text.Length);
            }
        }
    }

    /// <summary>The last line that says more than that the program ended.</summary>
    private static string Cause(string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var cause = lines.LastOrDefault(line => !line.StartsWith("Program terminated", StringComparison.Ordinal)) ?? "it gave no reason.";
        var place = cause.LastIndexOf("] ", StringComparison.Ordinal);
        if (place >= 0) cause = cause[(place + 2)..];
        return cause.Contains("Vocabulary size too high", StringComparison.Ordinal) ? $"{cause} That is vocabulary.size in the configuration; lower it or give more text." : cause;
    }

    private static void Run(string folder, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Command, arguments) { RedirectStandardError = true, WorkingDirectory = folder })!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) throw new DragomanException($"{Command} failed with exit code {process.ExitCode}: {Cause(errors)}");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new DragomanException($"{Command} is not installed; install SentencePiece's tools ('apt-get install sentencepiece') or name a finished model with vocabulary.model.", missing);
        }
    }
}
