using System.Text.Json.Serialization;

namespace GenNet;

/// <summary>What a learning-rate range test came to.</summary>
/// <param name="Trials">Its steps, with growing rates.</param>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record LearningRateTestResult(IReadOnlyList<LearningRateTrial> Trials)
{
    /// <summary>The rate at which the mean loss fell fastest over the logarithm of the rate: a good one to train with. NaN where it never fell.
    /// The first tenth of the steps is left out: there the mean is one of few losses.</summary>
    public double SteepestRate
    {
        get
        {
            var (rate, steepest) = (double.NaN, 0.0);
            for (var i = 1 + Trials.Count / 10; i < Trials.Count - 1; i++)
            {
                // Rates are equal factors apart, so the difference of losses is the slope.
                var slope = Trials[i + 1].SmoothedLoss - Trials[i - 1].SmoothedLoss;
                if (slope < steepest)
                    (rate, steepest) = (Trials[i].Rate, slope);
            }
            return rate;
        }
    }

    /// <summary>The rate with the least mean loss: about the largest at which training is stable.</summary>
    public double LowestRate => Trials.MinBy(trial => trial.SmoothedLoss).Rate;
}
