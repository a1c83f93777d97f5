using StsWebhook.Core.Pods;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Injection;

/// <summary>
/// Works out what one container lacks. The region variables, by what the container itself says in
/// <c>env</c> or, where it can be read, in <c>envFrom</c>:
/// <code>
/// sets both                                  nothing
/// envFrom may hold a region unseen           nothing, skipped
/// sets one, to nothing                       nothing, skipped
/// sets one, as a reference to the other      the other, as if it set none
/// sets one                                   the other, same value or same source
/// sets none, region known                    both, the region
/// sets none, region deferred to the binding  both, read from the pod's annotation
/// sets none, region unknown                  nothing, skipped
/// </code>
/// </summary>
internal sealed class ContainerInjector(InjectionSettings settings, ConfigMapView configMaps, PodRegion region)
{
    private static readonly InjectedVariable RegionalMode = InjectedVariable.Literal(Variables.Mode, Variables.Regional);

    private readonly Partition partition = region.Partition;

    /// <summary>Where a container that leaves its region to the pod takes it from; null where nobody knows it.</summary>
    private readonly VariableSource? source =
        region.IsDeferred ? VariableSource.Binding.Instance
        : region.Name is { } known ? new VariableSource.Literal(known)
        : null;

    /// <summary>Plans one container.</summary>
    public ContainerInjection Plan(Container container)
    {
        var environment = new ContainerEnvironment(container);
        var plan = PlanRegion(container, environment);
        var regions = settings.Region ? plan : plan.WithoutVariables();

        var variables = new List<InjectedVariable>(3 + settings.ExtraVariables.Count);
        var first = 0;
        if (environment.Find(Variables.Mode) is null)
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

        return new ContainerInjection(container, variables, first, regions.Behind, regions.Skipped);

        void Add(InjectedVariable variable, bool isLater) => variables.Insert(isLater ? variables.Count : first++, variable);
    }

    private RegionPlan PlanRegion(Container container, ContainerEnvironment environment)
    {
        var own = ContainerRegion.From(Variables.Region, environment);
        var ownDefault = ContainerRegion.From(Variables.DefaultRegion, environment);
        if (own is null || ownDefault is null)
        {
            var envFrom = EnvFromRegion.Read(container, configMaps);
            if (envFrom.UnreadableReason is { } unseen)
            {
                return Skip(unseen);
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
            (null, null) => OfPod(Variables.DefaultRegion, Variables.Region),
        };
    }

    /// <summary>
    /// The container sets one of the two variables: the other becomes its equal. One that refers to the other, as
    /// <c>AWS_DEFAULT_REGION=$(AWS_REGION)</c>, is its equal as soon as the other is there. A source needs nothing
    /// that stands before it, so its copy goes first, and gives all others a name to refer to.
    /// </summary>
    private RegionPlan Complete(ContainerRegion own, string missing) =>
        own.RefersTo(missing) ? OfPod(missing)
        : own.IsFromElsewhere ? new RegionPlan([new InjectedVariable(missing, own.Source)], $"$({missing})", partition)
        : Follow(own, [new InjectedVariable(missing, own.Source)]);

    /// <summary>The container leaves its region to the pod.</summary>
    private RegionPlan OfPod(params ReadOnlySpan<string> names)
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
    /// The container chose its region, so that is what other variables must name: an STS endpoint refuses requests
    /// that are signed for another region. A value that is known here is named as it is; any other by reference,
    /// and then only behind its own entry, where the kubelet knows it. One that cannot be part of a host name is not named:
    /// with <c>amazonaws.com#</c> for its region, <c>https://sts.{region}.…</c> would be the global endpoint.
    /// </summary>
    private RegionPlan Follow(ContainerRegion own, InjectedVariable[] variables) =>
        own.Value is { } value
            ? new RegionPlan(variables, IsLabel(value) ? value : null, Partitions.Find(value) ?? partition)
            : new RegionPlan(variables, $"$({own.Variable})", partition, IsLater: true, Behind: own.Index);

    private static bool IsLabel(string value) => value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private RegionPlan Skip(string reason) => new([], Name: null, partition, Skipped: reason);

    /// <summary>What becomes of the region variables of a container.</summary>
    /// <param name="Variables">Those to add.</param>
    /// <param name="Name">The region, or a reference to it, for other variables to name; null where there is none.</param>
    /// <param name="Partition">The partition of that region.</param>
    /// <param name="IsLater">Whether what names the region must come behind the container's own entry.</param>
    /// <param name="Behind">The place of that entry.</param>
    /// <param name="Skipped">Why there is no region.</param>
    private readonly record struct RegionPlan(
        InjectedVariable[] Variables,
        string? Name,
        Partition Partition,
        bool IsLater = false,
        int Behind = 0,
        string? Skipped = null)
    {
        /// <summary>The same where no region is to be injected: then nothing may refer to a variable of this plan.</summary>
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
