using GenNet.Kernels;

namespace GenNet;

// What changes the weights, and what stays as it is.
public abstract unsafe partial class Trainer<TOptimizer>
{
    /// <summary>Whether all layers are trained alike.</summary>
    bool _allUsual = true;

    /// <summary>The gradients that were kept before a step that may yet be refused; null while no such step can come.</summary>
    GradientSums? _keptBefore;

    private protected sealed override void PrepareToRestore() => _keptBefore ??= new GradientSums(_gradients.Like());

    private protected sealed override void UseKeptGradients() => UseKeptGradients(PrepareUse(OptimizerOfStep()));

    /// <summary>The optimiser with the step's learning rate. A schedule may make it fail, so a step asks for it first.</summary>
    ref readonly TOptimizer OptimizerOfStep()
    {
        ref readonly var optimizer = ref _optimizer;
        if (Schedule is not null)
        {
            _scheduled = _optimizer.WithLearningRate(LearningRate);
            optimizer = ref _scheduled;
        }
        if (!_allUsual)
            _use.CheckRates(optimizer);
        return ref optimizer;
    }

    /// <summary>What may still refuse an update by the gradients kept. Returns their norm, 0 where it has no limit.</summary>
    double PrepareUse(in TOptimizer optimizer)
    {
        var norm = double.IsFinite(GradientLimit) ? EuclideanNorm.Of(_gradients) : 0;
        if (!double.IsFinite(norm))
        {
            var layer = Divergence.LastLayerNotFinite(_gradients);
            throw new TrainingDivergedException(
                $"{Name}: the norm of the gradients is {norm} in step {StepCount + 1}{(layer is null ? "" : $", on the way back from layer {layer} on")}. The weights are as they were before it; lower the learning rate or check the data.",
                norm, StepCount + 1, layer);
        }
        _use.Change(optimizer, StepCount + 1);
        return norm;
    }

    /// <summary>Changes the weights by the gradients kept, as <see cref="PrepareUse"/> has it. Does not fail.</summary>
    private protected virtual void UseKeptGradients(double norm)
    {
        var factor = GradientLimit / (norm + EuclideanNorm.ClipEpsilon);
        if (factor < 1)
            EuclideanNorm.Scale(_gradients, (float)factor);
        GradientNorm = norm;
        for (var index = 0; index < _gradients.Tensors.Count; index++)
        {
            var tensor = _gradients.Tensors[index];
            var place = tensor.Place;
            if (!place.Trained || _use.Of(tensor.Layer) is not { } use)
                continue;
            if (place.Kind == ParameterKind.Weight)
                use.UpdateWeights(place.Offset, _gradients.Pointer + place.Offset, place.End - place.Offset);
            else
                use.UpdateBiases(place.Offset, _gradients.Pointer + place.Offset, place.End - place.Offset);
        }
        EndUpdate();
        GC.KeepAlive(this);
    }

    void EndUpdate()
    {
        if (double.IsFinite(MaxWeightNorm))
            LimitWeights();
        if (!_allUsual)
            PassFrozen();
        _weights.MarkChanged();
        StepCount++;
    }

    /// <summary>Frozen layers miss the update; the average of weights that stay is these weights.</summary>
    void PassFrozen()
    {
        // No foreach: the list's enumerator would be allocated.
        for (var layer = 0; layer < Layers.Count; layer++)
            if (Layers[layer].IsFrozen)
                Layers[layer].Missed++;
        if (_states.Find(Averaged.StateName) is not { } average)
            return;
        for (var index = 0; index < _weights.Tensors.Count; index++)
        {
            var tensor = _weights.Tensors[index];
            var (start, end) = (tensor.Place.Offset, tensor.Place.End);
            if (Layers[tensor.Layer].IsFrozen && tensor.Place.Trained)
                _weights.Span[start..end].CopyTo(average.Span[start..end]);
        }
    }

    void LimitWeights()
    {
        for (var layer = 0; layer < _weights.LayerCount; layer++)
            if (!Layers[layer].IsFrozen)
                _weights.Layers[layer].LimitWeights(_weights.Pointer, (float)MaxWeightNorm);
    }

    internal override void LayerChanged(TrainedLayer layer)
    {
        _allUsual = Layers.All(layer => layer.IsUsual);
        _use.Divide([.. Layers.Select(layer => (layer.IsFrozen ? (double?)null : layer.LearningRateFactor, layer.Missed))]);
        var training = _layers[layer.Number - 1];
        if (training.UsesRunningStatistics != layer.UsesRunningStatistics)
            ForgetForwarded();
        (training.IsFrozen, training.UsesRunningStatistics) = (layer.IsFrozen, layer.UsesRunningStatistics);

        // What is kept of a frozen layer is not part of any norm.
        if (layer.IsFrozen)
            _sums.Clear(layer.Number - 1);
    }

    /// <summary>Forgets what a batch that was refused has left of what is measured.</summary>
    private protected virtual void BeginMeasures() { }

    /// <summary>Whether the activations of the rows last computed are looked at after a step.</summary>
    private protected virtual bool WatchesActivations => false;

    /// <summary>Whether the next update is one by gradients that are kept, to be measured.</summary>
    private protected virtual bool MeasuresUpdate => false;
}
