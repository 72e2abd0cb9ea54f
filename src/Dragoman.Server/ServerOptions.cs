namespace Dragoman.Server;

/// <summary>Where the service listens, and how often it looks for changes of its index.</summary>
public sealed record ServerOptions
{
    /// <summary>Addresses such as <c>http://127.0.0.1:5080</c>; port 0 takes any free one.</summary>
    /// <value>Loopback, port 5080, by default: there is no authentication.</value>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:5080"];

    /// <summary>How often the service looks whether the index has published another generation, more than 0.</summary>
    /// <value>A second by default.</value>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (Urls.Count == 0) yield return "no address to listen at; name one such as http://127.0.0.1:5080.";
        if (RefreshInterval <= TimeSpan.Zero) yield return $"the index would be looked at every {RefreshInterval}; use a time above 0.";
        foreach (var url in Urls)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp || address.PathAndQuery != "/")
                yield return $"\"{url}\" is not an address to listen at; use one such as http://127.0.0.1:5080.";
            else if (address is { HostNameType: UriHostNameType.Dns, IsLoopback: false })
                yield return $"\"{url}\" names a host, for which the service would listen at every address of this machine; use an IP address, or http://0.0.0.0:{address.Port} when every address is meant.";
        }
    }

    /// <summary>Whether only programs on this machine can reach the service.</summary>
    internal bool IsLoopbackOnly => Urls.All(url => new Uri(url).IsLoopback);
}
