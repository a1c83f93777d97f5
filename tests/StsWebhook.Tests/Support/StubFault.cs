namespace StsWebhook.Tests.Support;

/// <summary>What a stub does instead of a normal answer, or before it.</summary>
internal sealed record StubFault
{
    /// <summary>Answers with a Status of this code.</summary>
    public int? Code { get; private init; }

    /// <summary>Aborts the connection instead of answering.</summary>
    public bool IsCut { get; private init; }

    /// <summary>Answers with this text.</summary>
    public string? Text { get; private init; }

    /// <summary>Handles the request after this task.</summary>
    public Task? Awaited { get; private init; }

    /// <summary>Handles the request normally, and answers after this task.</summary>
    public Task? AnswerAfter { get; private init; }

    public static StubFault Cut { get; } = new() { IsCut = true };

    public static StubFault Status(int code) => new() { Code = code };

    public static StubFault Answer(string text) => new() { Text = text };

    public static StubFault HoldAnswerUntil(Task awaited) => new() { AnswerAfter = awaited };

    public static StubFault HoldUntil(Task awaited) => new() { Awaited = awaited };
}
