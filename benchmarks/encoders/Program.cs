using System.Globalization;
using Dragoman.Benchmarks.Encoders;
using Dragoman.Models;
using Dragoman.Tensors;

if (args.Length < 6)
{
    Console.Error.WriteLine("LAYERS WIDTH VOCABULARY THREADS LENGTHS.json rerank PRECISION [BATCH_TOKENS] | … encode PRECISION side-by-side|together TEXTS | … train PRECISION sorted|arrival STEPS | … agree | … losses STEPS FOLDER");
    return 2;
}
Torch.Threads = Number(args[3]);
var run = new EncoderRun(Number(args[0]), Number(args[1]), Number(args[2]));
var lengths = PairLengths.Read(args[4]);
switch (args[5..])
{
    case ["rerank", var precision]: run.Rerank(lengths, PrecisionChoice.Parse(precision), new Dragoman.Models.CrossEncoders.CrossEncoderOptions().MaxBatchTokens); break;
    case ["rerank", var precision, var tokens]: run.Rerank(lengths, PrecisionChoice.Parse(precision), Number(tokens)); break;
    case ["encode", var precision, var sideBySide, var texts]: run.Encode(lengths, PrecisionChoice.Parse(precision), sideBySide == "side-by-side" ? Torch.Threads : null, Number(texts)); break;
    case ["agree"]: run.Agree(lengths); break;
    case ["train", var precision, var batching, var steps]: run.Train(lengths, PrecisionChoice.Parse(precision), batching == "sorted", Number(steps)); break;
    case ["losses", var steps, var folder]: run.LossCurve(lengths, Number(steps), folder); break;
    default: return 2;
}
return 0;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
