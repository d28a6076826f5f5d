using System.Text.Json.Serialization;

namespace GenNet;

/// <summary>
/// Lowers the rate when what is watched no longer improves: PyTorch's ReduceLROnPlateau. Its <see cref="State"/> is all that it knows of the past; <see cref="Report"/> returns a schedule that knows more.
/// </summary>
public sealed record PlateauSchedule : IMetricSchedule
{
    /// <summary>Sets when and how far the rate falls.</summary>
    /// <param name="factor">The factor of a fall, less than 1.</param>
    /// <param name="patience">Reports without improvement that are waited for; the rate falls with the next one.</param>
    /// <param name="threshold">The share of the best value that counts as an improvement.</param>
    /// <param name="cooldown">Reports after a fall before waiting begins again.</param>
    /// <param name="minimum">The factor of the optimiser's rate that the rate does not fall below.</param>
    /// <param name="largerIsBetter">For accuracies; losses fall.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public PlateauSchedule(double factor = 0.1, int patience = 10, double threshold = 1e-4, int cooldown = 0, double minimum = 0, bool largerIsBetter = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        Factor = HyperParameter.Fraction(factor, nameof(factor));
        Patience = patience;
        Threshold = HyperParameter.NotNegative(threshold, nameof(threshold));
        Cooldown = cooldown;
        Minimum = HyperParameter.NotNegative(minimum, nameof(minimum));
        LargerIsBetter = largerIsBetter;
        State = new PlateauState(largerIsBetter ? double.NegativeInfinity : double.PositiveInfinity, 0, 0, 1);
    }

    /// <summary>The factor of a fall.</summary>
    public double Factor { get; }

    /// <summary>Reports without improvement that are waited for.</summary>
    public int Patience { get; }

    /// <summary>The share of the best value that counts as an improvement.</summary>
    public double Threshold { get; }

    /// <summary>Reports after a fall before waiting begins again.</summary>
    public int Cooldown { get; }

    /// <summary>The smallest factor of the optimiser's rate.</summary>
    public double Minimum { get; }

    /// <summary>Whether the best value is the largest.</summary>
    public bool LargerIsBetter { get; }

    /// <summary>What it knows of the past. <c>schedule with { State = other.State }</c> goes on where another one was.</summary>
    public PlateauState State { get; init; }

    /// <inheritdoc/>
    public double At(long step) => State.Factor;

    IMetricSchedule IMetricSchedule.Report(double metric) => Report(metric);

    /// <summary>The schedule that knows of one more value of what is watched. NaN is no improvement.</summary>
    public PlateauSchedule Report(double metric)
    {
        var (best, bad, cooldown, factor) = State;
        if (LargerIsBetter ? metric > best * (1 + Threshold) : metric < best * (1 - Threshold))
            (best, bad) = (metric, 0);
        else
            bad++;
        if (cooldown > 0)
            (cooldown, bad) = (cooldown - 1, 0);
        if (bad > Patience)
            (factor, cooldown, bad) = (Math.Max(factor * Factor, Math.Min(factor, Minimum)), Cooldown, 0);
        return this with { State = new PlateauState(best, bad, cooldown, factor) };
    }
}

/// <summary>What a <see cref="PlateauSchedule"/> knows of the past.</summary>
/// <param name="Best">The best value reported.</param>
/// <param name="BadReports">Reports since, without improvement.</param>
/// <param name="CooldownLeft">Reports until waiting begins again.</param>
/// <param name="Factor">The factor of the optimiser's rate.</param>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public readonly record struct PlateauState(double Best, int BadReports, int CooldownLeft, double Factor);
