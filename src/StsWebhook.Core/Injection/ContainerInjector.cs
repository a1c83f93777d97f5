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
    /// <summary>Plans one container.</summary>
    public ContainerInjection Plan(Container container)
    {
        var environment = new ContainerEnvironment(container);
        var plan = PlanRegion(container, environment);
        var regions = settings.Region ? plan : plan.WithoutVariables();

        var first = new List<InjectedVariable>(3 + settings.ExtraVariables.Count);
        var later = new List<InjectedVariable>();
        if (environment.Find(Variables.Mode) is null)
        {
            first.Add(InjectedVariable.Literal(Variables.Mode, Variables.Regional));
        }

        (regions.IsLater ? later : first).AddRange(regions.Variables);
        foreach (var extra in settings.ExtraVariables)
        {
            if (environment.Find(extra.Name) is not null || (extra.NeedsRegion && regions.Name is null))
            {
                continue;
            }

            var isLater = extra.NeedsRegion && regions.IsLater;
            (isLater ? later : first).Add(InjectedVariable.Literal(
                extra.Name, extra.ValueFor(regions.Name ?? string.Empty, regions.Partition)));
        }

        return new ContainerInjection(container, first, later, regions.Behind, regions.Skipped);
    }

    private RegionPlan PlanRegion(Container container, ContainerEnvironment environment)
    {
        var own = OwnRegion.Of(Variables.Region, environment);
        var ownDefault = OwnRegion.Of(Variables.DefaultRegion, environment);
        if (own is null || ownDefault is null)
        {
            var envFrom = EnvFromRegion.Read(container, configMaps);
            if (envFrom.Unseen is { } unseen)
            {
                return Skip(unseen);
            }

            own ??= OwnRegion.Of(Variables.Region, envFrom.Region);
            ownDefault ??= OwnRegion.Of(Variables.DefaultRegion, envFrom.DefaultRegion);
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
    private RegionPlan Complete(OwnRegion own, string missing) =>
        own.RefersTo(missing) ? OfPod(missing)
        : own.IsFromElsewhere ? new RegionPlan([new InjectedVariable(missing, own.Source)], $"$({missing})", region.Partition)
        : Follow(own, [new InjectedVariable(missing, own.Source)]);

    /// <summary>The container leaves its region to the pod.</summary>
    private RegionPlan OfPod(params ReadOnlySpan<string> names)
    {
        if (region.Name is not { } name)
        {
            return Skip(SkipReason.NoRegion);
        }

        VariableSource source = region.IsDeferred ? VariableSource.Binding.Instance : new VariableSource.Literal(name);
        var variables = new InjectedVariable[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            variables[i] = new InjectedVariable(names[i], source);
        }

        return new RegionPlan(variables, region.IsDeferred ? $"$({names[^1]})" : name, region.Partition);
    }

    /// <summary>
    /// The container chose its region, so that is what other variables must name: an STS endpoint refuses requests
    /// that are signed for another region. A value that is known here is named as it is; any other by reference,
    /// and then only behind its own entry, where the kubelet knows it. One that cannot be part of a host name is not named:
    /// with <c>amazonaws.com#</c> for its region, <c>https://sts.{region}.…</c> would be the global endpoint.
    /// </summary>
    private RegionPlan Follow(OwnRegion own, IReadOnlyList<InjectedVariable> variables) =>
        own.Value is { } value
            ? new RegionPlan(variables, IsLabel(value) ? value : null, Partitions.Of(value) ?? region.Partition)
            : new RegionPlan(variables, $"$({own.Variable})", region.Partition, IsLater: true, Behind: own.Index);

    private static bool IsLabel(string value) => value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private RegionPlan Skip(string reason) => new([], Name: null, region.Partition, Skipped: reason);

    /// <summary>What becomes of the region variables of a container.</summary>
    /// <param name="Variables">Those to add.</param>
    /// <param name="Name">The region, or a reference to it, for other variables to name; null where there is none.</param>
    /// <param name="Partition">The partition of that region.</param>
    /// <param name="IsLater">Whether what names the region must come behind the container's own entry.</param>
    /// <param name="Behind">The place of that entry.</param>
    /// <param name="Skipped">Why there is no region.</param>
    private readonly record struct RegionPlan(
        IReadOnlyList<InjectedVariable> Variables,
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
                Name = Variables.Any(v => name == $"$({v.Name})") ? null : name,
                Skipped = null,
            };
        }
    }
}
