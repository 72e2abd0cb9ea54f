using System.CommandLine;
using Dragoman.Collections.Errors;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Cli.Commands;

/// <summary><c>tokenize</c>: lines to tokens and ids, as a model folder's tokenizer makes them.</summary>
internal static class TokenizeCommand
{
    private const string LongestFirst = "longest_first", OnlySecond = "only_second";

    internal static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Model folder: vocab.txt, or a SentencePiece unigram .model file. Weights are not needed.", Required = true, HelpName = "DIR" };
        var pair = new Option<bool>("--pair") { Description = "A tab separates two texts on each line; they are encoded together." };
        var maxLength = new Option<int?>("--max-length") { Description = "Longest sequence in tokens, special tokens included; no limit by default.", HelpName = "N" };
        WholeNumber.RequirePositive(maxLength);
        var truncation = new Option<string>("--truncation") { Description = "Which text of a pair is shortened.", DefaultValueFactory = _ => LongestFirst };
        truncation.AcceptOnlyFromAmong(LongestFirst, OnlySecond);
        var format = new Option<TokenizeFormat>("--format") { Description = "json, or the tokens or ids alone, separated by spaces.", HelpName = "json|tokens|ids", DefaultValueFactory = _ => TokenizeFormat.Json };
        var command = new Command("tokenize", """
            Reads lines of text from standard input and writes a JSON line for each: "tokens" are the tokens of the text (of both texts with --pair) after shortening and
            without special tokens; "ids" and "type_ids" are the sequence the model reads, special tokens included.
            """)
        {
            model, pair, maxLength, truncation, format,
        };
        command.SetAction(parsed =>
        {
            var tokenizer = TokenizerLoader.FromFolder(parsed.GetRequiredValue(model));
            var rule = parsed.GetValue(truncation) == OnlySecond ? Truncation.OnlySecond : Truncation.LongestFirst;
            using var output = new TokenizeWriter(new StandardOutput(), parsed.GetValue(format));
            Tokenize(tokenizer, parsed.GetValue(pair), parsed.GetValue(maxLength), rule, output);
            return 0;
        });
        return command;
    }

    private static void Tokenize(ITokenizer tokenizer, bool pair, int? maxLength, Truncation truncation, TokenizeWriter output)
    {
        using var lines = new TextLineReader(Console.OpenStandardInput());
        while (lines.ReadLine() is { } line)
        {
            var tab = pair ? line.IndexOf('\t', StringComparison.Ordinal) : -1;
            if (pair && tab < 0) throw new DataFormatException("standard input", lines.LineNumber, "found no tab; with --pair a line is two texts separated by a tab.");
            try
            {
                Write(tokenizer, pair ? line[..tab] : line, pair ? line[(tab + 1)..] : null, maxLength, truncation, output);
            }
            catch (DragomanException failure)
            {
                // The tokenizer does not know which line it was given.
                throw new DataFormatException("standard input", lines.LineNumber, failure.Message, failure);
            }
        }
    }

    private static void Write(ITokenizer tokenizer, string first, string? second, int? maxLength, Truncation truncation, TokenizeWriter output)
    {
        var a = tokenizer.Tokenize(first);
        var b = second is null ? null : tokenizer.Tokenize(second);
        var encoded = tokenizer.Combine(a.Ids, b?.Ids, maxLength, truncation);
        output.Write(a.Tokens.Take(encoded.FirstTokens).Concat(b?.Tokens.Take(encoded.SecondTokens) ?? []), encoded);
    }
}
