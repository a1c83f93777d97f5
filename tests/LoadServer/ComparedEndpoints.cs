using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using StsWebhook.Core.Json;

namespace StsWebhook.LoadServer;

/// <summary>
/// Endpoints that measure the cost of TLS, HTTP and Kestrel without a review: they read the body into the same buffer as
/// the webhook, and always send the same answer.
/// </summary>
internal sealed class ComparedEndpoints : IStartupFilter
{
    private static readonly byte[] Answer =
        """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"0","allowed":true}}"""u8.ToArray();

    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(HandleAsync);
        next(app);
    };

    /// <summary>
    /// Answers <c>/constant</c>, and <c>/tokens</c> after reading each JSON token of the body, which every JSON reader has to
    /// do. All other requests go to the webhook.
    /// </summary>
    private static async Task HandleAsync(HttpContext context, RequestDelegate next)
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
