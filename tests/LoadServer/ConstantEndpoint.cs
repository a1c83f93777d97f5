using Microsoft.AspNetCore.Http;
using StsWebhook.Core.Json;

namespace StsWebhook.LoadServer;

/// <summary>
/// Reads a body into the same sort of buffer as the webhook does, and answers always the same: what TLS, HTTP and Kestrel
/// cost by themselves.
/// </summary>
internal static class ConstantEndpoint
{
    private static readonly byte[] Answer =
        """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"0","allowed":true}}"""u8.ToArray();

    /// <summary>Answers <c>/constant</c>, and leaves everything else to the program.</summary>
    public static async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path != "/constant")
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

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Answer.Length;
        await context.Response.Body.WriteAsync(Answer, context.RequestAborted);
    }
}
