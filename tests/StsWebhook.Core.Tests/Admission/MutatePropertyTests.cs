using System.Text.Json.Nodes;
using CsCheck;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Admission;

/// <summary>What holds for every pod in every cluster.</summary>
public class MutatePropertyTests
{
    private const int Pods = 4000;
    private const string Mode = "AWS_STS_REGIONAL_ENDPOINTS";
    private const string Region = "AWS_REGION";
    private const string DefaultRegion = "AWS_DEFAULT_REGION";
    private const string NodeRegion = "sts-webhook.io/node-region";

    private static readonly NodeTable[] Clusters = [NodeTable.Empty, Fixture.OneRegion, Fixture.TwoRegions];

    private static readonly ReviewSettings[] Settings =
    [
        new(),
        new() { DefaultRegion = "ap-south-1" },
        new() { Injection = new InjectionSettings { ExtraVariables = [Extra("AWS_ENDPOINT_URL_STS", "https://sts.{region}.{dnsSuffix}"), Extra("FIPS", "true")] } },
    ];

    private static readonly Gen<(string Pod, int Cluster, int Settings, int Enforcement)> Situations =
        Gen.Select(PodJson.Pods, Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2]);

    [Fact]
    public void Mutate_AnyPod_IsOnlyAddedTo() => Situations.Sample(
        situation =>
        {
            var (pod, answer) = Mutate(situation);

            Assert.All(answer.Patch, operation => Assert.Equal("add", (string?)operation!["op"]));
            var rest = Without(answer.Patched, pod);
            Assert.True(JsonNode.DeepEquals(pod, rest), answer.Patched.ToJsonString());
        },
        iter: Pods);

    [Fact]
    public void Mutate_ItsOwnResult_HasNoPatch() => Situations.Sample(
        situation =>
        {
            // Under audit, so that a denial does not hide a patch that must not exist.
            var (_, answer) = Mutate(situation with { Enforcement = (int)Enforcement.Audit });
            var again = Answer.To(
                answer.Again(), Webhook.Mutate, Clusters[situation.Cluster], Settings[situation.Settings], Enforcement.Audit);

            Assert.Equal(answer.IsAllowed, again.IsAllowed);
            Assert.False(again.HasPatch, again.Patch.ToJsonString());
        },
        iter: Pods);

    [Fact]
    public void Mutate_AnyPod_AnswersToItsUidAndDeniesWithoutPatch() => Situations.Sample(
        situation =>
        {
            var (_, answer) = Mutate(situation);

            Assert.Equal(Review.Uid, (string?)answer.Response["uid"]);
            Assert.Equal(answer.Result.Decision != AdmissionDecision.Denied, answer.IsAllowed);
            Assert.False(!answer.IsAllowed && (answer.HasPatch || answer.Response.ContainsKey("patchType")));
            Assert.Equal(!answer.IsAllowed, answer.Response.ContainsKey("status"));
        },
        iter: Pods);

    [Fact]
    public void Mutate_AnyContainer_GetsWhatItLacksOrAReason() => Situations.Sample(
        situation =>
        {
            var (pod, answer) = Mutate(situation);
            if (!answer.IsAllowed)
            {
                return;
            }

            var skipped = answer.AuditAnnotations.GetValueOrDefault("skipped", string.Empty).Split(',')
                .Select(s => s.Split('=')).Where(s => s.Length == 2).ToDictionary(s => s[0], s => s[1], StringComparer.Ordinal);
            foreach (var before in Containers.Of(pod))
            {
                var name = (string)before["name"]!;
                Judge(before, Containers.Named(answer.Patched, name), skipped.GetValueOrDefault(name));
            }
        },
        iter: Pods);

    private static void Judge(JsonObject before, JsonObject after, string? skipped)
    {
        if (skipped is "pod-label" or "annotation")
        {
            Assert.True(JsonNode.DeepEquals(before, after));
            return;
        }

        Assert.NotNull(Containers.Entry(after, Mode));
        var own = Containers.EnvNames(before);
        var added = Containers.Env(after).Where(entry => !own.Contains((string?)entry["name"] ?? "", StringComparer.Ordinal)).ToArray();
        Assert.All(added, entry => Assert.False(IsEmpty(entry), after.ToJsonString()));
        Assert.Distinct(added.Select(entry => (string?)entry["name"]), StringComparer.Ordinal);

        var one = Containers.Entry(after, Region);
        var other = Containers.Entry(after, DefaultRegion);
        switch (own.Contains(Region, StringComparer.Ordinal), own.Contains(DefaultRegion, StringComparer.Ordinal))
        {
            case (false, false):
                Assert.True(skipped is null ? AreEqual(one!, other!) : one is null && other is null, after.ToJsonString());
                break;
            case (true, false):
                JudgePair(before, one!, other, DefaultRegion, skipped);
                break;
            case (false, true):
                JudgePair(before, other!, one, Region, skipped);
                break;
            default:
                Assert.All(added, entry => Assert.False((string?)entry["name"] is Region or DefaultRegion));
                break;
        }
    }

    /// <summary>The container set one of the two: the other is its equal, or there is a reason.</summary>
    private static void JudgePair(JsonObject before, JsonObject own, JsonObject? other, string name, string? skipped)
    {
        if (skipped is not null)
        {
            Assert.Null(other);
            Assert.True(skipped is not "empty-region" || IsEmpty(own));
            return;
        }

        Assert.NotNull(other);
        Assert.True(
            AreEqual(own, other) || (string?)own["value"] == $"$({name})",
            $"{before.ToJsonString()} {other.ToJsonString()}");
    }

    private static bool IsEmpty(JsonObject entry) => entry["valueFrom"] is null && string.IsNullOrEmpty((string?)entry["value"]);

    private static bool AreEqual(JsonObject one, JsonObject other) =>
        JsonNode.DeepEquals(one["valueFrom"], other["valueFrom"])
        && (one["valueFrom"] is not null || JsonNode.DeepEquals(one["value"], other["value"]));

    /// <summary>The patched pod less everything that may have been added.</summary>
    private static JsonObject Without(JsonObject patched, JsonObject pod)
    {
        var rest = patched.DeepClone().AsObject();
        foreach (var container in Containers.Of(rest))
        {
            var before = Containers.Named(pod, (string)container["name"]!);
            var own = Containers.EnvNames(before);
            var kept = Containers.Env(container)
                .Where(entry => own.Contains((string?)entry["name"] ?? "", StringComparer.Ordinal))
                .Select(entry => entry.DeepClone()).ToArray();
            Restore(container, "env", kept.Length > 0 ? new JsonArray(kept) : before["env"], before);
        }

        RestoreAnnotations(rest, pod);
        return rest;
    }

    private static void RestoreAnnotations(JsonObject rest, JsonObject pod)
    {
        if (rest["metadata"]?["annotations"] is not JsonObject annotations)
        {
            return;
        }

        var before = pod["metadata"]?["annotations"] as JsonObject;
        Restore(annotations, NodeRegion, before?[NodeRegion], before);
        if (annotations.Count == 0)
        {
            Restore(rest["metadata"]!.AsObject(), "annotations", before, pod["metadata"] as JsonObject);
        }

        if (rest["metadata"]!.AsObject().Count == 0)
        {
            Restore(rest, "metadata", pod["metadata"], pod);
        }
    }

    /// <summary>Gives the member a value, or takes it away where it was not there before.</summary>
    private static void Restore(JsonObject rest, string name, JsonNode? value, JsonObject? before)
    {
        if (before?.ContainsKey(name) == true)
        {
            rest[name] = value?.DeepClone();
        }
        else
        {
            rest.Remove(name);
        }
    }

    private static (JsonObject Pod, Answer Answer) Mutate((string Pod, int Cluster, int Settings, int Enforcement) situation)
    {
        var pod = JsonNode.Parse(situation.Pod)!.AsObject();
        return (pod, Answer.To(
            Review.OfPod(pod.DeepClone().AsObject()),
            Webhook.Mutate,
            Clusters[situation.Cluster],
            Settings[situation.Settings],
            (Enforcement)situation.Enforcement));
    }

    private static ExtraVariable Extra(string name, string template)
    {
        Assert.True(ExtraVariable.TryCreate(name, template, out var variable, out var error), error);
        return variable;
    }
}
