namespace Dragoman.Tensors.Distributed;

/// <summary>What carries tensors between processes. The values are the bridge's own.</summary>
public enum GroupBackend
{
    /// <summary>Gloo, over TCP; for tensors in main memory.</summary>
    Gloo = 1,

    /// <summary>NCCL, for tensors of CUDA devices.</summary>
    Nccl = 2,
}

/// <summary>Which processes make a group, where they meet, and how long they wait for each other.</summary>
public sealed record ProcessGroupOptions
{
    /// <summary>Name or address of the machine that process 0 runs on.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port there, within [1, 65535].</summary>
    public required int Port { get; init; }

    /// <summary>This process's number, from 0.</summary>
    public required int Rank { get; init; }

    /// <summary>Processes in all, 1 or more.</summary>
    public required int Size { get; init; }

    /// <summary>What carries tensors.</summary>
    /// <value><see cref="GroupBackend.Gloo"/> by default.</value>
    public GroupBackend Backend { get; init; } = GroupBackend.Gloo;

    /// <summary>How long joining, and each collective, may take until the others are given up.</summary>
    /// <value>5 minutes by default.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
}
