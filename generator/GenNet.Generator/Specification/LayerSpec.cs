namespace GenNet.Generator.Specification;

/// <summary>A layer as declared.</summary>
/// <param name="Activation">A member of <c>Activation</c>, or the full name of a type of the user's own, as in <c>global::My.Activation</c>.</param>
abstract record LayerSpec(string Activation)
{
    /// <summary>Outputs of the layer for so many inputs.</summary>
    public virtual int OutputsFor(int inputs) => inputs;

    /// <summary>Trained parameters for so many inputs.</summary>
    public virtual long ParametersFor(int inputs) => 0;
}

/// <summary>A dense layer.</summary>
/// <param name="Units">Its outputs.</param>
/// <param name="Activation">Its activation.</param>
/// <param name="Init">A member of <c>Initializer</c>, the network's where the layer has none of its own.</param>
sealed record DenseSpec(int Units, string Activation, string Init) : LayerSpec(Activation)
{
    public override int OutputsFor(int inputs) => Units;

    public override long ParametersFor(int inputs) => (inputs + 1L) * Units;
}

/// <summary>Batch normalisation.</summary>
/// <param name="Activation">Its activation.</param>
/// <param name="Momentum">The share of a batch in the running statistics.</param>
/// <param name="Epsilon">ε.</param>
sealed record BatchNormSpec(string Activation, double Momentum, double Epsilon) : LayerSpec(Activation)
{
    public override long ParametersFor(int inputs) => 2L * inputs;
}

/// <summary>Layer normalisation.</summary>
/// <param name="Activation">Its activation.</param>
/// <param name="Epsilon">ε.</param>
sealed record LayerNormSpec(string Activation, double Epsilon) : LayerSpec(Activation)
{
    public override long ParametersFor(int inputs) => 2L * inputs;
}

/// <summary>Dropout.</summary>
/// <param name="Rate">The probability that a value is dropped.</param>
sealed record DropoutSpec(double Rate) : LayerSpec("Identity");

/// <summary>A residual connection.</summary>
/// <param name="Back">Layers that it goes around.</param>
/// <param name="Activation">Its activation.</param>
sealed record ResidualSpec(int Back, string Activation) : LayerSpec(Activation);
