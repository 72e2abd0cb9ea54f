using System.Reflection;

namespace Dragoman.Architecture.Tests;

/// <summary>The analyzer ignores an entry that names nothing, so a slip of the pen would allow what it meant to ban.</summary>
public sealed class BannedSymbolTests
{
    public static TheoryData<string> Symbols() =>
        [.. Repository.Read("BannedSymbols.txt").Split('\n').Where(line => line.Length > 0).Select(line => line.Split(';')[0])];

    [Theory]
    [MemberData(nameof(Symbols))]
    public void Entry_Symbol_IsAMemberOfTheRuntime(string symbol)
    {
        var name = symbol[2..].Split('(')[0];
        var type = typeof(object).Assembly.GetType(name[..name.LastIndexOf('.')]);
        var parameters = symbol.Split('(') is [_, var list] ? list.TrimEnd(')').Split(',').Select(parameter => Type.GetType(parameter, throwOnError: true)!).ToArray() : [];

        MemberInfo? member = symbol[0] switch
        {
            'P' => type?.GetProperty(name.Split('.')[^1]),
            'M' when name.EndsWith(".#ctor", StringComparison.Ordinal) => type?.GetConstructor(parameters),
            'M' => type?.GetMethod(name.Split('.')[^1], parameters),
            _ => null,
        };

        member.ShouldNotBeNull();
    }
}
