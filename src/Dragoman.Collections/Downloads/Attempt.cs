using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Dragoman.Collections.Downloads;

/// <summary>One attempt to fetch a file, going on where an earlier one ended if the server has the same version still.</summary>
internal sealed class Attempt(HttpClient client, DownloadRequest request, PartialFile partial, DownloadOptions options, TimeProvider time, IDownloadReport report)
{
    private readonly RetryPause _pause = new(options.FirstPause, options.LongestPause, time);
    private long _received;

    /// <summary>Runs the attempt.</summary>
    /// <exception cref="DownloadException">No further attempt can help.</exception>
    internal async Task<AttemptOutcome> RunAsync(CancellationToken cancellationToken)
    {
        using var stall = new CancellationTokenSource(options.StallTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancellationToken);
        try
        {
            using var message = Message(out var offset);
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return await TakeAsync(response, offset, stall, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && stall.IsCancellationRequested)
        {
            return new AttemptOutcome.Again(string.Create(CultureInfo.InvariantCulture, $"sent nothing for {options.StallTime.TotalSeconds:0} seconds")) { Received = _received };
        }
        catch (OperationCanceledException timeout) when (!cancellationToken.IsCancellationRequested)
        {
            return new AttemptOutcome.Again("did not answer in time") { Unreached = true, Cause = timeout };
        }
        catch (HttpRequestException failure)
        {
            return DownloadProblem.OfConnection(failure) with { Received = _received };
        }
        catch (HttpIOException failure)
        {
            return new AttemptOutcome.Again("ended the connection early") { Received = _received, Cause = failure };
        }
        catch (WriteException failure)
        {
            throw DownloadProblem.OfDisk(request.Target, failure.InnerException!);
        }
        catch (IOException failure)
        {
            return new AttemptOutcome.Again($"could not be read on ({failure.Message.TrimEnd('.')})") { Received = _received, Cause = failure };
        }
    }

    private HttpRequestMessage Message(out long offset)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, request.Url);
        offset = partial.Length;
        var version = partial.Version(request.Url);
        var resumable = offset > 0 && (version is not null || request.Checksum is not null && partial.IsOf(request.Url));
        if (!resumable) offset = 0;
        else
        {
            message.Headers.Range = new RangeHeaderValue(offset, null);
            message.Headers.IfRange = version;
        }
        return message;
    }

    private async Task<AttemptOutcome> TakeAsync(HttpResponseMessage response, long offset, CancellationTokenSource stall, CancellationToken cancellationToken)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.PartialContent when response.Content.Headers.ContentRange is { } range && range.From == offset && offset > 0:
                RequireLength(range.Length);
                return await CopyAsync(response, offset, range.Length, stall, cancellationToken).ConfigureAwait(false);
            case HttpStatusCode.OK:
                var announced = response.Content.Headers.ContentLength;
                RequireLength(announced);
                Restart(response);
                return await CopyAsync(response, 0, announced, stall, cancellationToken).ConfigureAwait(false);
            case HttpStatusCode.RequestedRangeNotSatisfiable when response.Content.Headers.ContentRange?.Length == offset && offset > 0:
                return new AttemptOutcome.Done(response.Headers.ETag?.ToString());
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable when offset > 0:
                partial.Discard();
                return new AttemptOutcome.Again($"answered {(int)response.StatusCode} with other bytes than were asked for; starting again from the first byte");
            default:
                return DownloadProblem.OfStatus(request, response, _pause.Asked(response.Headers.RetryAfter));
        }
    }

    private void RequireLength(long? length)
    {
        if (request.Bytes is not { } expected || length is null || length == expected) return;
        throw new DownloadException(request.Url, DownloadProblem.Length(expected, length.Value));
    }

    private void Restart(HttpResponseMessage response)
    {
        try
        {
            partial.Restart(request.Url, response);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new WriteException(failure);
        }
    }

    private async Task<AttemptOutcome> CopyAsync(HttpResponseMessage response, long offset, long? total, CancellationTokenSource stall, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(request.Target);
        var most = request.Bytes ?? request.MostBytes ?? long.MaxValue;
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var output = Open();
        await using (body.ConfigureAwait(false))
        await using (output.ConfigureAwait(false))
        {
            var buffer = new byte[1 << 17];
            while (true)
            {
                stall.CancelAfter(options.StallTime);
                var read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read == 0) break;
                await WriteAsync(output, buffer.AsMemory(0, read)).ConfigureAwait(false);
                _received += read;
                if (offset + _received > most) throw TooLong(most, output);
                report.Advance(new DownloadProgress(name, offset + _received, total ?? request.Bytes, offset));
            }
        }
        var length = offset + _received;
        return request.Bytes is { } expected && length < expected
            ? new AttemptOutcome.Again($"ended after {ByteCount.Of(length)} of {ByteCount.Of(expected)}") { Received = _received }
            : new AttemptOutcome.Done(response.Headers.ETag?.ToString());
    }

    private DownloadException TooLong(long most, FileStream output)
    {
        output.Dispose();
        partial.Discard();
        return new DownloadException(request.Url, $"sends more than the {ByteCount.Of(most)} that the file should have; nothing was kept. The publisher may have changed it: look at the catalogue's source.");
    }

    private FileStream Open()
    {
        try
        {
            return partial.Append();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new WriteException(failure);
        }
    }

    private static async Task WriteAsync(FileStream output, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            // Not cancelled half-way: what was received is kept whole.
            await output.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            throw new WriteException(failure);
        }
    }

    /// <summary>Tells a failure of the disk from one of the network, which are of the same type.</summary>
    private sealed class WriteException(Exception failure) : Exception(failure.Message, failure);
}
