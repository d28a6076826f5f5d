namespace GenNet;

/// <summary>How one layer of a network is trained.</summary>
public sealed class TrainedLayer
{
    readonly Trainer _trainer;
    bool _isFrozen, _usesRunningStatistics;
    double _learningRateFactor = 1;

    internal TrainedLayer(Trainer trainer, Layer layer, int number) => (_trainer, Layer, Number) = (trainer, layer, number);

    /// <summary>Its number, from 1, as in the network's <c>Layer1</c>.</summary>
    public int Number { get; }

    /// <summary>What it is.</summary>
    public Layer Layer { get; }

    /// <summary>
    /// Whether its weights and biases stay as they are, as with PyTorch's <c>requires_grad_(False)</c>: no update changes them, nor decay, penalties, limits of norms or momentum
    /// from before. Gradients pass through it to the layers below; its own are zero, and count in no norm. What the optimiser keeps of it stays as it was,
    /// the number of its updates too: thawed, it goes on where it was.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is thawed while gradients are kept of which it has none, which would change it as gradients of zero do.</exception>
    public bool IsFrozen
    {
        get => _isFrozen;
        set
        {
            if (_isFrozen && !value)
                _trainer.CheckThaw(this);
            _isFrozen = value;
            _trainer.LayerChanged(this);
        }
    }

    /// <summary>
    /// Whether batch normalisation takes its running statistics in training too and leaves them as they are, as after PyTorch's <c>eval()</c> of the module: what a
    /// trunk that was trained elsewhere wants, beside <see cref="IsFrozen"/>. Means nothing for other layers.
    /// </summary>
    public bool UsesRunningStatistics
    {
        get => _usesRunningStatistics;
        set
        {
            _usesRunningStatistics = value;
            _trainer.LayerChanged(this);
        }
    }

    /// <summary>What the learning rate is multiplied by for this layer: 1 unless set, as with a parameter group of PyTorch's that has a learning rate of its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double LearningRateFactor
    {
        get => _learningRateFactor;
        set
        {
            _learningRateFactor = value >= 0 && float.IsFinite((float)value)
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {nameof(LearningRateFactor)} of layer {Number} must be finite and not negative.");
            _trainer.LayerChanged(this);
        }
    }

    /// <summary>Updates that it took no part in, frozen: those that an optimiser counts for it are fewer.</summary>
    internal long Missed { get; set; }

    /// <summary>Whether it is trained as layers are unless told otherwise.</summary>
    internal bool IsUsual => !_isFrozen && !_usesRunningStatistics && _learningRateFactor == 1 && Missed == 0;

    internal void CopyFrom(TrainedLayer source)
    {
        (_isFrozen, _usesRunningStatistics, _learningRateFactor) = (source._isFrozen, source._usesRunningStatistics, source._learningRateFactor);
        Missed = source.Missed;
        _trainer.LayerChanged(this);
    }

    /// <summary>The layer and its settings: <c>layer 2, Dense …, frozen</c>.</summary>
    public override string ToString() =>
        $"layer {Number}, {Layer}{(_isFrozen ? ", frozen" : "")}{(_usesRunningStatistics ? ", with its running statistics" : "")}{(_learningRateFactor == 1 ? "" : FormattableString.Invariant($", {_learningRateFactor} times the learning rate"))}";
}
