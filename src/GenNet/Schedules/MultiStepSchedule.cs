using System.ComponentModel;
using GenNet.Numerics;

namespace GenNet;

/// <summary>γⁿ after n of some milestones: PyTorch's MultiStepLR.</summary>
public readonly record struct MultiStepSchedule : ISchedule, IIncomplete
{
    readonly long[]? _milestones;

    /// <summary>Not to be called: there are no usual milestones.</summary>
    [Obsolete("A schedule needs its milestones: new MultiStepSchedule(gamma, milestones).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public MultiStepSchedule() { }

    /// <summary>Sets the falls.</summary>
    /// <param name="gamma">γ, the factor of a fall.</param>
    /// <param name="milestones">The first step of each new rate, in rising order.</param>
    /// <exception cref="ArgumentException">The milestones do not rise.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gamma"/> is negative or not finite.</exception>
    public MultiStepSchedule(double gamma, params long[] milestones)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        for (var i = 1; i < milestones.Length; i++)
            if (milestones[i] < milestones[i - 1])
                throw new ArgumentException($"Milestones rise; {milestones[i]} follows {milestones[i - 1]}.", nameof(milestones));
        Gamma = HyperParameter.NotNegative(gamma, nameof(gamma));
        _milestones = [.. milestones];
    }

    /// <summary>γ.</summary>
    public double Gamma { get; }

    /// <summary>The first step of each new rate.</summary>
    public ReadOnlySpan<long> Milestones => _milestones;

    string? IIncomplete.Missing => _milestones is not null ? null : "This MultiStepSchedule is the default, without milestones: create it with new MultiStepSchedule(gamma, milestones).";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">This is the default, without milestones.</exception>
    public double At(long step)
    {
        if (_milestones is null)
            throw IIncomplete.Error(this);
        var passed = 0;
        while (passed < _milestones.Length && _milestones[passed] <= step)
            passed++;
        return ScalarMath.Power(Gamma, passed);
    }

    /// <summary>The schedule in words.</summary>
    public override string ToString() => FormattableString.Invariant($"MultiStepSchedule {{ Gamma = {Gamma}, Milestones = {string.Join(' ', _milestones ?? [])} }}");
}
