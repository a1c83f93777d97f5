using StsWebhook.Core.Pods;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Injection;

/// <summary>
/// Plans the additions to one container. Which region variables it gets depends on those that it sets itself, by
/// <c>env</c> or by an <c>envFrom</c> that can be read:
/// <code>
/// sets both                                  none
/// unreadable envFrom may set one             none, skipped
/// sets one to an empty value                 none, skipped
/// sets one as a reference to the other       the other, as if it set neither
/// sets one                                   the other, with the same value or source
/// sets neither, region known                 both, with the region
/// sets neither, region deferred to binding   both, read from the pod's annotation
/// sets neither, region unknown               none, skipped
/// </code>
/// </summary>
internal sealed class ContainerInjector(InjectionSettings settings, ConfigMapView configMaps, PodRegion region)
{
    private static readonly InjectedVariable RegionalMode = InjectedVariable.Literal(Variables.EndpointMode, Variables.Regional);

    private readonly Partition partition = region.Partition;

    /// <summary>The source of the region for a container that sets none itself; null if the pod's region is unknown.</summary>
    private readonly VariableSource? source =
        region.IsDeferred ? VariableSource.NodeRegionAnnotation.Instance
        : region.Name is { } known ? new VariableSource.Literal(known)
        : null;

    /// <summary>Plans one container.</summary>
    public ContainerInjection Plan(Container container)
    {
        var environment = new ContainerEnvironment(container);
        var plan = PlanRegion(container, environment);
        var regions = settings.Region ? plan : plan.WithoutVariables();

        var variables = new List<InjectedVariable>(3 + settings.ExtraVariables.Count);
        var prependCount = 0;
        if (environment.Find(Variables.EndpointMode) is null)
        {
            Add(RegionalMode, isLater: false);
        }

        foreach (var variable in regions.Variables)
        {
            Add(variable, regions.IsLater);
        }

        foreach (var extra in settings.ExtraVariables)
        {
            if (environment.Find(extra.Name) is not null || (extra.NeedsRegion && regions.Name is null))
            {
                continue;
            }

            Add(
                InjectedVariable.Literal(extra.Name, extra.ValueFor(regions.Name ?? string.Empty, regions.Partition)),
                isLater: extra.NeedsRegion && regions.IsLater);
        }

        return new ContainerInjection(container, variables, prependCount, regions.InsertAfterIndex, regions.Skipped);

        void Add(InjectedVariable variable, bool isLater) =>
            variables.Insert(isLater ? variables.Count : prependCount++, variable);
    }

    private RegionPlan PlanRegion(Container container, ContainerEnvironment environment)
    {
        var own = ContainerRegion.From(Variables.Region, environment);
        var ownDefault = ContainerRegion.From(Variables.DefaultRegion, environment);
        if (own is null || ownDefault is null)
        {
            var envFrom = EnvFromRegionVariables.Read(container, configMaps);
            if (envFrom.UnreadableReason is { } reason)
            {
                return Skip(reason);
            }

            own ??= ContainerRegion.From(Variables.Region, envFrom.Region);
            ownDefault ??= ContainerRegion.From(Variables.DefaultRegion, envFrom.DefaultRegion);
        }

        return (own, ownDefault) switch
        {
            ({ IsEmpty: false }, not null) => Follow(own, []),
            (not null, { IsEmpty: false }) => Follow(ownDefault, []),
            ({ IsEmpty: true }, _) or (_, { IsEmpty: true }) => Skip(SkipReason.EmptyRegion),
            (not null, null) => Complete(own, Variables.DefaultRegion),
            (null, not null) => Complete(ownDefault, Variables.Region),
            (null, null) => FromPod(Variables.DefaultRegion, Variables.Region),
        };
    }

    /// <summary>
    /// The container sets one of the two variables: the other one gets the same value. If the value refers to the other one, as
    /// <c>AWS_DEFAULT_REGION=$(AWS_REGION)</c>, it is enough to add that. A copy of <c>valueFrom</c> depends on no other entry,
    /// so it is prepended, and all other variables can refer to it.
    /// </summary>
    private RegionPlan Complete(ContainerRegion own, string missing) =>
        own.RefersTo(missing) ? FromPod(missing)
        : own.IsFromElsewhere ? new RegionPlan([new InjectedVariable(missing, own.Source)], $"$({missing})", partition)
        : Follow(own, [new InjectedVariable(missing, own.Source)]);

    /// <summary>The container sets no region itself: it gets the pod's.</summary>
    private RegionPlan FromPod(params ReadOnlySpan<string> names)
    {
        if (source is null)
        {
            return Skip(SkipReason.NoRegion);
        }

        var variables = new InjectedVariable[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            variables[i] = new InjectedVariable(names[i], source);
        }

        return new RegionPlan(variables, region.IsDeferred ? $"$({names[^1]})" : region.Name, partition);
    }

    /// <summary>
    /// The container chooses its region, so extra variables must use it too: an STS endpoint rejects requests that are
    /// signed for another region. They contain a known value as it is. They refer to any other value, from entries after
    /// its own, since the kubelet expands references to earlier entries only. A value that cannot be part of a host name is
    /// not used: with the region <c>amazonaws.com#</c>, <c>https://sts.{region}.…</c> would be the global endpoint.
    /// </summary>
    private RegionPlan Follow(ContainerRegion own, InjectedVariable[] variables) =>
        own.Value is { } value
            ? new RegionPlan(variables, IsLabel(value) ? value : null, Partitions.Find(value) ?? partition)
            : new RegionPlan(variables, $"$({own.Variable})", partition, IsLater: true, InsertAfterIndex: own.Index);

    private static bool IsLabel(string value) => value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private RegionPlan Skip(SkipReason reason) => new([], Name: null, partition, Skipped: reason);

    /// <summary>The plan for the region variables of a container.</summary>
    /// <param name="Variables">The variables to add.</param>
    /// <param name="Name">The region, or a reference to it, for extra variables; null if there is none.</param>
    /// <param name="Partition">The partition of the region.</param>
    /// <param name="IsLater">
    /// Whether entries that contain <paramref name="Name"/> must come after the container's own entry.
    /// </param>
    /// <param name="InsertAfterIndex">The index of that entry.</param>
    /// <param name="Skipped">Why no region is injected; null if one is.</param>
    private readonly record struct RegionPlan(
        InjectedVariable[] Variables,
        string? Name,
        Partition Partition,
        bool IsLater = false,
        int InsertAfterIndex = 0,
        SkipReason? Skipped = null)
    {
        /// <summary>
        /// The plan if the region is not to be injected: extra variables must not refer to variables of this plan.
        /// </summary>
        public RegionPlan WithoutVariables()
        {
            var name = Name;
            return this with
            {
                Variables = [],
                Name = Array.Exists(Variables, v => name == $"$({v.Name})") ? null : name,
                Skipped = null,
            };
        }
    }
}
