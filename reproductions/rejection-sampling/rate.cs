// Prints the share of examples that a training kept, over its epochs with sampling.
// usage: dotnet run --file rate.cs -- MANIFEST
using System.Globalization;
using System.Text.Json.Nodes;

if (args is not [var path] || !File.Exists(path))
{
    Console.Error.WriteLine($"rate.cs needs the manifest.json of a training, found '{string.Join(' ', args)}'; use: dotnet run --file rate.cs -- MANIFEST");
    return 2;
}

var sampling = JsonNode.Parse(File.ReadAllText(path))!["sampling"]?.AsArray() ?? [];
var parts = sampling.Where(part => (string?)part!["part"] == "examples").ToList();
var rate = (double)parts.Sum(part => (long)part!["accepted"]!) / parts.Sum(part => (long)part!["proposals"]!);
if (!double.IsFinite(rate))
{
    Console.Error.WriteLine($"{path} has no epoch in which examples were sampled; name the manifest of an arm that keeps or leaves out examples.");
    return 1;
}

Console.WriteLine(rate.ToString("F4", CultureInfo.InvariantCulture));
return 0;
