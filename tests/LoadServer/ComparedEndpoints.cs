using System.Text.Json;
using Microsoft.AspNetCore.Http;
using StsWebhook.Core.Json;

namespace StsWebhook.LoadServer;

/// <summary>
/// What reviews are compared with: a body read into the same sort of buffer as the webhook's, and always the same answer.
/// That is what TLS, HTTP and Kestrel cost by themselves.
/// </summary>
internal static class ComparedEndpoints
{
    private static readonly byte[] Answer =
        """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"0","allowed":true}}"""u8.ToArray();

    /// <summary>
    /// Answers <c>/constant</c>, and <c>/tokens</c> after a look at each token of the body, which nothing that reads JSON
    /// can do without; leaves everything else to the program.
    /// </summary>
    public static async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var isTokens = context.Request.Path == "/tokens";
        if (!isTokens && context.Request.Path != "/constant")
        {
            await next(context);
            return;
        }

        using var body = new PooledBuffer();
        int read;
        while ((read = await context.Request.Body.ReadAsync(body.GetMemory(), context.RequestAborted)) > 0)
        {
            body.Advance(read);
        }

        if (isTokens)
        {
            ReadTokens(body.Written.Span);
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Answer.Length;
        await context.Response.Body.WriteAsync(Answer, context.RequestAborted);
    }

    private static void ReadTokens(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
        }
    }
}
