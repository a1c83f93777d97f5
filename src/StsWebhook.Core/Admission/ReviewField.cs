using System.Text;

namespace StsWebhook.Core.Admission;

/// <summary>
/// A field of an AdmissionReview that <see cref="ReviewHeaderReader"/> reads, or an object that contains such fields
/// (k8s.io/api/admission/v1/types.go). Immutable, shared between threads.
/// </summary>
internal sealed class ReviewField
{
    /// <summary>The kind of the review.</summary>
    public static readonly ReviewField Kind = new("kind");

    /// <summary>The version of the review.</summary>
    public static readonly ReviewField ApiVersion = new("apiVersion");

    /// <summary>The identifier of the request.</summary>
    public static readonly ReviewField Uid = new("uid");

    /// <summary>The API group of the request's resource.</summary>
    public static readonly ReviewField Group = new("group");

    /// <summary>The resource of the request.</summary>
    public static readonly ReviewField Resource = new("resource");

    /// <summary>The subresource of the request.</summary>
    public static readonly ReviewField Subresource = new("subResource");

    /// <summary>The operation of the request.</summary>
    public static readonly ReviewField Operation = new("operation");

    /// <summary>The object's namespace.</summary>
    public static readonly ReviewField Namespace = new("namespace");

    /// <summary>Whether the API server will not store the object.</summary>
    public static readonly ReviewField DryRun = new("dryRun");

    /// <summary>The object's name.</summary>
    public static readonly ReviewField Name = new("name");

    /// <summary>The prefix of the object's name, where the API server generates it.</summary>
    public static readonly ReviewField GenerateName = new("generateName");

    /// <summary>The request.</summary>
    public static readonly ReviewField Request = new(
        "request",
        Uid, Subresource, Operation, Namespace, DryRun,
        new ReviewField("resource", Group, Resource),
        new ReviewField("object", new ReviewField("metadata", Name, GenerateName)));

    /// <summary>The review itself.</summary>
    public static readonly ReviewField Review = new(string.Empty, Kind, ApiVersion, Request);

    private readonly byte[] name;
    private readonly ReviewField[] members;

    private ReviewField(string name, params ReviewField[] members)
    {
        this.name = Encoding.UTF8.GetBytes(name);
        this.members = members;
    }

    /// <summary>Whether the field is an object that contains fields to read.</summary>
    public bool HasMembers => members.Length > 0;

    /// <summary>The member with a name; null for a member that is not read.</summary>
    public ReviewField? Find(ReadOnlySpan<byte> wanted)
    {
        foreach (var member in members)
        {
            if (wanted.SequenceEqual(member.name))
            {
                return member;
            }
        }

        return null;
    }
}
