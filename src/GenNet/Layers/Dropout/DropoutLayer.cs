using System.ComponentModel;
using System.Globalization;

namespace GenNet;

/// <summary>Dropout (Srivastava et al. 2014): in training, sets each value to zero with the given rate and divides the others by 1 − rate; no layer at all in inference.</summary>
public sealed record DropoutLayer : Layer
{
    /// <summary>Describes the layer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DropoutLayer(int units, double rate) : base(units, units, GenNet.Activation.Identity) => Rate = rate;

    /// <summary>The probability that a value is dropped, from 0 to 1.</summary>
    public double Rate { get; }

    internal override bool DrawsMasks => Rate > 0;

    internal override string? Untold => "the rate of dropout";

    internal override (string? Before, string? Behind) Arguments => (Rate.ToString(CultureInfo.InvariantCulture), null);

    /// <inheritdoc/>
    public override int ParameterCount => 0;

    /// <inheritdoc/>
    public override long MultiplyAdds => 0;
}
