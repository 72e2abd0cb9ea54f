using System.Net;
using System.Runtime.CompilerServices;

namespace Dragoman.Collections.Tests.Downloads;

/// <summary>These tests talk to this machine: a proxy of the environment must not come between.</summary>
internal static class NoProxy
{
    [ModuleInitializer]
    internal static void Set() => HttpClient.DefaultProxy = new WebProxy();
}
