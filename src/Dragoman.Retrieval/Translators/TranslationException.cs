using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.Translators;

/// <summary>A translator failed as a whole.</summary>
public sealed class TranslationException : DragomanException
{
    /// <summary>Creates the failure of a translator.</summary>
    /// <param name="translator">The translator as the user knows it: a command line, an address, a folder.</param>
    /// <param name="problem">What went wrong and what to do, in words that follow the name.</param>
    /// <param name="innerException">What went wrong underneath, if anything.</param>
    public TranslationException(string translator, string problem, Exception? innerException = null) : base($"{translator} {problem}", innerException) => Translator = translator;

    /// <summary>The translator as the user knows it.</summary>
    public string Translator { get; }
}
