using Dragoman.Collections.Errors;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Dragoman.Server;

/// <summary>Answers failures with ProblemDetails: what the caller can mend with 400 and the sentence that says how, the rest with 500.</summary>
internal sealed class FailureHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, title) = exception is ConfigurationException ? (StatusCodes.Status400BadRequest, "The search cannot be made as asked.") : (StatusCodes.Status500InternalServerError, "The search failed.");
        httpContext.Response.StatusCode = status;
        return problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = new ProblemDetails { Status = status, Title = title, Detail = exception is DragomanException ? exception.Message : null },
        });
    }
}
