using StsWebhook.Manifests;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Manifests;

public sealed class FieldLocatorTests
{
    private const string Text = """
        metadata:
          annotations:
            a/b: x
            a: x
            a.b[0].c: x
            'x]': y
        data:
          app.conf: |
            one
            two
        spec:
          containers:
          - name: app
            command:
            - sh
            env:
            - name: ONE
              value: x
            - {name: TWO,
               value:
                 "y"}
            - name: "0"
              value: z
        """;

    [Theory]
    [InlineData("metadata.annotations[a/b]", 3)]
    [InlineData("metadata.annotations[a]", 4)]
    [InlineData("metadata.annotations[a.b[0].c]", 5)]
    [InlineData("metadata.annotations[x]]", 6)]
    [InlineData("metadata.annotations[none]", 2)]
    [InlineData("data[app.conf]", 8)]
    [InlineData("spec.containers[0].command", 14)]
    [InlineData("spec.containers[0].command[0]", 15)]
    [InlineData("spec.containers[0].env[ONE].value", 18)]
    [InlineData("spec.containers[0].env[TWO].value", 21)]
    [InlineData("spec.containers[0].env[0].value", 23)]
    [InlineData("spec.containers[0].env[1].value", 21)]
    [InlineData("spec.containers[0].env[ONE].valueFrom.configMapKeyRef", 17)]
    [InlineData("spec.containers[7].env", 12)]
    [InlineData("", 1)]
    [InlineData("none", 1)]
    [InlineData("spec[", 11)]
    public void LineOf_Field_IsWhereItStands(string field, int line) =>
        Assert.Equal(line, new FieldLocator(ManifestInput.Document(Text)).LineOf(field));

    [Fact]
    public void LineOf_Json_IsCounted() =>
        Assert.Equal(3, new FieldLocator(ManifestInput.Document("{\n\"spec\": {\n\"a\": 1}}")).LineOf("spec.a"));

    [Fact]
    public void LineOf_Alias_IsWhereTheTextStands() =>
        Assert.Equal(2, new FieldLocator(ManifestInput.Document("spec: &s\n  a: 1\nother: *s\n")).LineOf("other.a"));
}
