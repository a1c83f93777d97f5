using System.Diagnostics.CodeAnalysis;
using System.Text;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Admission;

/// <summary>
/// Reads the <see cref="ReviewHeader"/> of an AdmissionReview from its bytes, in pieces and in any order of fields. It needs no
/// memory for the object and does not validate the JSON, so it works for bodies that are too large, broken or incomplete. The
/// API server writes kind, apiVersion and uid first. Used by one thread.
/// </summary>
public sealed class ReviewHeaderReader
{
    /// <summary>The longest text that is kept, in bytes. The names of real objects have at most 253 characters.</summary>
    private const int MaxText = 1024;

    private readonly Dictionary<ReviewField, string> texts = [];

    /// <summary>The field of each open object, by depth; null for objects and arrays that are skipped.</summary>
    private readonly ReviewField?[] open = new ReviewField?[6];

    private readonly byte[] text = new byte[MaxText];
    private int length;
    private int depth;
    private ReviewField? member;
    private bool expectsName;
    private bool isInString;
    private bool isEscaped;
    private bool hasRequest;

    /// <summary>Reads the header of a body that is in memory.</summary>
    /// <inheritdoc cref="TryGet"/>
    public static bool TryRead(
        ReadOnlySpan<byte> body, [NotNullWhen(true)] out ReviewHeader? header, [NotNullWhen(false)] out string? error)
    {
        var reader = new ReviewHeaderReader();
        reader.Read(body);
        return reader.TryGet(out header, out error);
    }

    /// <summary>Reads the next bytes of the body.</summary>
    public void Read(ReadOnlySpan<byte> part)
    {
        while (!part.IsEmpty)
        {
            var consumed = isInString ? ReadString(part) : ReadToken(part[0]);
            part = part[consumed..];
        }
    }

    /// <summary>Returns what the bytes so far contain.</summary>
    /// <param name="header">The header; null where the body is not a review that can be answered.</param>
    /// <param name="error">Why it is not, in one line; null where it is.</param>
    public bool TryGet([NotNullWhen(true)] out ReviewHeader? header, [NotNullWhen(false)] out string? error)
    {
        header = null;
        error = AdmissionRequest.FindProblem(
            Find(ReviewField.Kind), Find(ReviewField.ApiVersion), hasRequest, Find(ReviewField.Uid));
        if (error is not null)
        {
            return false;
        }

        header = new ReviewHeader
        {
            Uid = Find(ReviewField.Uid),
            Group = Find(ReviewField.Group),
            Resource = Find(ReviewField.Subresource) is { Length: > 0 } subresource
                ? $"{Find(ReviewField.Resource)}/{subresource}"
                : Find(ReviewField.Resource),
            Operation = Find(ReviewField.Operation),
            Namespace = Find(ReviewField.Namespace),
            Name = Find(ReviewField.Name) is { Length: > 0 } name ? name
                : Find(ReviewField.GenerateName) is { Length: > 0 } prefix ? prefix + "*"
                : string.Empty,
            IsDryRun = texts.ContainsKey(ReviewField.DryRun),
        };
        return true;
    }

    private ReviewField? Current => depth < open.Length ? open[depth] : null;

    private string Find(ReviewField field) => texts.GetValueOrDefault(field, string.Empty);

    private int ReadToken(byte token)
    {
        switch (token)
        {
            case (byte)'"':
                isInString = true;
                length = 0;
                break;
            case (byte)'{':
                hasRequest |= member == ReviewField.Request;
                Open(depth == 0 ? ReviewField.Review : member);
                break;
            case (byte)'[':
                Open(null);
                break;
            case (byte)'}' or (byte)']':
                depth = Math.Max(depth - 1, 0);
                member = null;
                break;
            case (byte)':':
                expectsName = false;
                break;
            case (byte)',':
                expectsName = true;
                member = null;
                break;
            case (byte)'t' when member == ReviewField.DryRun:
                texts[ReviewField.DryRun] = "true";
                break;
        }

        return 1;
    }

    private void Open(ReviewField? field)
    {
        depth++;
        if (depth < open.Length)
        {
            open[depth] = field;
        }

        member = null;
        expectsName = true;
    }

    /// <summary>Reads a string up to its closing quote, to an escape, or to the end of the part.</summary>
    private int ReadString(ReadOnlySpan<byte> part)
    {
        if (isEscaped)
        {
            isEscaped = false;
            Keep(part[..1]);
            return 1;
        }

        var stop = part.IndexOfAny((byte)'"', (byte)'\\');
        Keep(stop < 0 ? part : part[..stop]);
        if (stop < 0)
        {
            return part.Length;
        }

        if (part[stop] == '\\')
        {
            isEscaped = true;
            Keep(part[stop..(stop + 1)]);
        }
        else
        {
            isInString = false;
            EndString();
        }

        return stop + 1;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (Current is not null && (expectsName || member is not null))
        {
            var kept = bytes[..Math.Min(bytes.Length, MaxText - length)];
            kept.CopyTo(text.AsSpan(length));
            length += kept.Length;
        }
    }

    private void EndString()
    {
        if (Current is not { } field)
        {
            return;
        }

        if (expectsName)
        {
            // The API server does not escape the names of fields, but JSON allows it.
            var name = text.AsSpan(0, length);
            member = field.Find(name.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(Decode(text.AsMemory(0, length))) : name);
        }
        else if (member is { HasMembers: false })
        {
            texts[member] = Decode(text.AsMemory(0, length));
        }
    }

    private static string Decode(ReadOnlyMemory<byte> escaped)
    {
        if (!escaped.Span.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(escaped.Span);
        }

        byte[] json = [(byte)'"', .. escaped.Span, (byte)'"'];
        if (!JsonInput.TryParseApiJson(json, out var document, out _))
        {
            // Cut within an escape.
            return Encoding.UTF8.GetString(escaped.Span);
        }

        using (document)
        {
            return document.RootElement.GetString()!;
        }
    }
}
