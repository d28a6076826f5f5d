using System.ComponentModel;
using System.Globalization;

namespace GenNet;

/// <summary>A residual connection (He et al. 2016): adds to the output of the layer before it what the block of the last <see cref="Back"/> layers took: a = g(x + input of the block).</summary>
public sealed record ResidualLayer : Layer
{
    /// <summary>Describes the layer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ResidualLayer(int units, int back, LayerActivation activation) : base(units, units, activation) => Back = back;

    /// <summary>Layers of the block that the connection goes around.</summary>
    public int Back { get; }

    internal override (string? Before, string? Behind) Arguments => (Back.ToString(CultureInfo.InvariantCulture), null);

    internal override string Schema => SchemaText.Over(base.Schema, Back);

    /// <inheritdoc/>
    public override int ParameterCount => 0;

    /// <inheritdoc/>
    public override long MultiplyAdds => 0;

    /// <inheritdoc/>
    public override IEnumerable<int> Sources(int number) => [number - 1, number - Back - 1];
}
