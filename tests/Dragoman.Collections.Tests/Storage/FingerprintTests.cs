using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Tests.Storage;

public sealed class FingerprintTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact] // sha256 of "abc" starts ba7816bf 8f01cfea (FIPS 180-4, example)
    public void OfFile_KnownContent_IsThePrefixOfItsSha256() => Fingerprint.OfFile(_folder.Write("a", "abc")).ShouldBe("ba7816bf8f01cfea");

    [Fact]
    public void OfFolder_RenamedOrChangedFile_Differs()
    {
        _folder.Write("one/x", "1");
        _folder.Write("two/y", "1");
        _folder.Write("three/x", "2");
        _folder.Write("four/x", "1");

        Fingerprint.Of(_folder["one"]).ShouldBe(Fingerprint.Of(_folder["four"]));
        new[] { "one", "two", "three" }.Select(name => Fingerprint.Of(_folder[name])).Distinct().Count().ShouldBe(3);
    }
}
