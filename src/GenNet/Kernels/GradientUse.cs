using System.ComponentModel;
using System.Runtime.CompilerServices;
using GenNet.Kernels;
using GenNet.Simd;

namespace GenNet.Runtime;

/// <summary>What a backward pass does with the gradients of the weights: store them, add to them, or change the weights at once.</summary>
/// <typeparam name="TOptimizer">How a gradient changes a weight.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SkipLocalsInit]
public sealed unsafe class GradientUse<TOptimizer> where TOptimizer : struct, IOptimizer<TOptimizer>
{
    /// <summary>Weights and states, 4 MB of them, from which on fetching them ahead has been seen to pay.</summary>
    const int LargeLength = 1 << 20;

    readonly ParameterBlock _weights;
    readonly GradientSums _sums;
    readonly OptimizerStates _states;
    TOptimizer _ofWeights, _ofBiases;

    /// <summary>Samples of the batch, and of them those before the rows at hand.</summary>
    int _samples, _before;

    /// <summary>Those of the batch that this rank sums, each by itself; null where one rank sums all.</summary>
    RankNode[]? _nodes;

    /// <summary>Where the first of them is kept.</summary>
    int _firstPlace;

    readonly int _stateCount;

    /// <summary>Whether weights and states fill the second-level cache several times over.</summary>
    readonly bool _large;

    /// <summary>What the learning rate is multiplied by.</summary>
    readonly double _factor;

    /// <summary>Updates that passed while the layers were frozen.</summary>
    readonly long _missed;

    /// <summary>The use that is made of each layer's gradients, null where it is none; empty where it is this one for all.</summary>
    GradientUse<TOptimizer>?[] _ofLayers = [];

    /// <summary>Those of other factors.</summary>
    GradientUse<TOptimizer>[] _others = [];

    internal GradientUse(ParameterBlock weights, GradientSums sums, OptimizerStates states, double factor = 1, long missed = 0)
    {
        (_weights, _sums, _states, _factor, _missed) = (weights, sums, states, factor, missed);
        _stateCount = states.Names.Count;
        _large = (1 + _stateCount) * (long)weights.TrainedLength > LargeLength;
    }

    /// <summary>Where gradients are kept, after so many others that wait.</summary>
    internal float* Gradients(int waiting) => _sums[waiting];

    /// <summary>The weights.</summary>
    internal float* Weights => _weights.Pointer;

    /// <summary>η where a change is no more than w − η·g, or zero.</summary>
    internal float Rate;

    /// <summary>Whether the weights are changed at once and the gradients forgotten.</summary>
    internal bool Apply;

    /// <summary>Whether the batch is one part, where each sample has so many rows.</summary>
    internal bool IsOnePart(int positions) => _samples <= SampleParts.Rows(positions) / positions;

    /// <summary>Says by what each layer's learning rate is multiplied, null where it is frozen, and how many updates it missed.</summary>
    internal void Divide((double? Factor, long Missed)[] layers)
    {
        _others = [.. layers.Where(layer => layer is not ((null, _) or (1, 0))).Distinct().Select(layer => new GradientUse<TOptimizer>(_weights, _sums, _states, layer.Factor!.Value, layer.Missed))];
        _ofLayers = [.. layers.Select(layer => layer.Factor is null ? null : Array.Find(_others, other => (other._factor, other._missed) == layer) ?? this)];
        if (Array.TrueForAll(_ofLayers, use => use == this))
            _ofLayers = [];
    }

    /// <summary>The use that is made of a layer's gradients; null where it is frozen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal GradientUse<TOptimizer>? Of(int layer) => _ofLayers.Length == 0 ? this : _ofLayers[layer];

    /// <summary>Which rows of the batch are at hand.</summary>
    /// <param name="before">Its samples before them.</param>
    /// <param name="rows">Samples at hand.</param>
    /// <param name="samples">All of its samples.</param>
    internal void At(int before, int rows, int samples)
    {
        (_before, _samples, _nodes) = (before, samples, null);
        FirstPart = new PartRows(0, rows, before, samples, SampleParts.Samples);
        if (_others.Length > 0)
            OthersAt(before, rows, samples);
    }

    void OthersAt(int before, int rows, int samples)
    {
        foreach (var other in _others)
            other.At(before, rows, samples);
    }

    /// <summary>Which rows of the batch are at hand, where other ranks have others.</summary>
    /// <param name="before">Samples of the batch before them, other ranks' too.</param>
    /// <param name="rows">Samples at hand.</param>
    /// <param name="nodes">This rank's nodes. Their sums are kept side by side, in their order.</param>
    /// <param name="firstPlace">Where the first of them is.</param>
    internal void At(int before, int rows, RankNode[] nodes, int firstPlace)
    {
        (_before, _nodes, _firstPlace) = (before, nodes, firstPlace);
        FirstPart = PartOfNode(nodes, 0, rows, positions: 1);
        foreach (var other in _others)
            other.At(before, rows, nodes, firstPlace);
    }

    /// <summary>The part of the batch to which the first row at hand belongs, where each sample has one: the only part of most batches, worked out once for all layers.</summary>
    internal PartRows FirstPart;

    /// <summary>The part of the batch to which a row at hand belongs.</summary>
    /// <param name="row">The row.</param>
    /// <param name="rows">The rows at hand.</param>
    /// <param name="positions">Rows that each sample has.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // Kernels would have it several times.
    internal PartRows Part(int row, int rows, int positions) => _nodes is null
        ? new(row, rows, (long)_before * positions, (long)_samples * positions, SampleParts.Rows(positions))
        : PartOfNode(_nodes, row, rows, positions);

    PartRows PartOfNode(RankNode[] nodes, int row, int rows, int positions)
    {
        var index = 0;
        while (nodes[index].End <= _before + row / positions)
            index++;
        var node = nodes[index];
        var end = (int)Math.Min(rows, (long)(node.End - _before) * positions);
        return new(new PartRows(row, end, (long)(_before - node.First) * positions, (long)node.Count * positions, SampleParts.Rows(positions)), waiting: _firstPlace + index);
    }

    /// <summary>Gradients will be kept, beside those of the batch that are kept already.</summary>
    internal void Keep()
    {
        (Apply, Rate) = (false, 0);
        foreach (var other in _others)
            other.Keep();
    }

    /// <summary>Throws where a layer's learning rate is no number that an optimiser takes.</summary>
    internal void CheckRates(in TOptimizer optimizer)
    {
        foreach (var other in _others)
            _ = optimizer.WithLearningRate(optimizer.LearningRate * other._factor);
    }

    /// <summary>Gradients will change the weights, together with those of the batch that are kept.</summary>
    /// <param name="optimizer">How.</param>
    /// <param name="step">Number of the step.</param>
    internal void Change(in TOptimizer optimizer, long step)
    {
        if (_others.Length > 0)
            ChangeOthers(optimizer, step);
        if (Apply && TOptimizer.ConstantsServe(_ofWeights, optimizer))
            return;
        Apply = true;
        var ofWeights = optimizer.AtStep(step, _ofWeights);
        _ofBiases = ofWeights.ForBiases();
        _ofWeights = ofWeights;
        Rate = TOptimizer.DescentRate(_ofWeights);
    }

    void ChangeOthers(in TOptimizer optimizer, long step)
    {
        foreach (var other in _others)
            other.Change(optimizer.WithLearningRate(optimizer.LearningRate * other._factor), step - other._missed);
    }

    /// <summary>Has the JIT compile the update now: of no weights, it does nothing.</summary>
    internal void Prepare() => UpdateWeights(0, Gradients(0), 0);

    /// <summary>Where the optimiser's value number <paramref name="index"/> of a weight is kept; null if there is none.</summary>
    internal float* State(int index, int offset) => index < _stateCount ? _states.Pointer + index * _states.Stride + offset : null;

    /// <summary>Floats of a piece of 32 × 32 weights, and of their states, to fetch for each row of a batch while their gradients are computed: 0 if it does not pay.</summary>
    internal nint FetchStep(int rows) => Apply && Rate == 0 && _large && rows >= 64 ? 32 * PanelLayout.Width / rows : 0;

    /// <summary>What the sums of a part start from: those of its earlier rows, or zero.</summary>
    internal void Begin(in PartRows part, int offset, float* sums, int count)
    {
        if (part.Continues)
            new ReadOnlySpan<float>(Gradients(part.Waiting) + offset, count).CopyTo(new(sums, count));
        else
            new Span<float>(sums, count).Clear();
    }

    /// <summary>Keeps the sums of a part so far; of a whole part, adds them to what is waiting; of the last, changes the parameters if that is what they are for.</summary>
    /// <param name="part">The part.</param>
    /// <param name="offset">Where the parameters start.</param>
    /// <param name="sums">Their gradients.</param>
    /// <param name="count">Their number.</param>
    /// <param name="merged">Whether the sums lie in the place that waited last, and were added to it.</param>
    /// <param name="biases">Whether they need not decay as weights do.</param>
    internal void End(in PartRows part, int offset, float* sums, int count, bool merged, bool biases)
    {
        var place = part.Waiting - (merged ? 1 : 0);
        if (part.Merges > 0)
            sums = Merge(ref place, part.Waiting - part.Merges, offset, sums, count);
        if (part.IsLast && Apply)
            Update(biases, offset, sums, count);
        else if (sums != Gradients(place) + offset)
            new ReadOnlySpan<float>(sums, count).CopyTo(new(Gradients(place) + offset, count));
    }

    float* Merge(ref int place, int end, int offset, float* sums, int count)
    {
        while (place > end)
        {
            var waiting = Gradients(--place) + offset;
            BlockMath.Add(waiting, sums, count);
            sums = waiting;
        }
        return sums;
    }

    /// <summary>Keeps sums over all samples at hand, of a layer that takes them together, beside those of samples before them, or changes the parameters by them.</summary>
    internal void Add(int offset, float* sums, int count)
    {
        if (_before > 0)
            BlockMath.Add(sums, Gradients(0) + offset, count);
        if (Apply)
            Update(biases: true, offset, sums, count);
        else
            new ReadOnlySpan<float>(sums, count).CopyTo(new(Gradients(0) + offset, count));
    }

    /// <summary>Changes <paramref name="count"/> weights from <paramref name="offset"/> on, rounded up to whole cache lines; clears the gradients of that padding.</summary>
    internal void UpdateWeights(int offset, float* gradients, int count) => Update(biases: false, offset, gradients, count);

    /// <summary>The same for biases and the scale and shift of a normalisation, which need not decay as weights do.</summary>
    internal void UpdateBiases(int offset, float* gradients, int count) => Update(biases: true, offset, gradients, count);

    /// <summary>
    /// Changes a panel of weights by xᵀδ and its biases by δ: in the caller where a change is no more than w − η·g,
    /// because the JIT inlines only so much into one method.
    /// </summary>
    /// <param name="panel">Where its weights start.</param>
    /// <param name="biases">Where its biases start.</param>
    /// <param name="x">The layer's inputs.</param>
    /// <param name="inputs">Their number.</param>
    /// <param name="only">δ, if the panel is one vector wide.</param>
    /// <param name="delta">δ in memory.</param>
    /// <param name="width">The panel's width.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Update<V>(int panel, int biases, float* x, int inputs, V only, float* delta, int width) where V : struct, ISimd<V>
    {
        if (TOptimizer.Descends && Rate != 0)
            Descend(_weights.Pointer + panel, _weights.Pointer + biases, x, inputs, only, delta, width);
        else
            UpdatePanel<V>(panel, biases, x, inputs, delta, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Descend<V>(float* weights, float* biases, float* x, int inputs, V only, float* delta, int width) where V : struct, ISimd<V>
    {
        var factor = V.Splat(-Rate);
        for (var j = 0; j < width; j += V.Count)
        {
            var d = width == V.Count ? only : V.LoadFours(delta + j);
            float* weight = weights + j, source = x;
            for (var left = inputs / 4; inputs >= 4 && left > 0; left--, source += 4, weight += 4 * width)
            {
                V.AddProduct(factor, source[0], d, weight);
                V.AddProduct(factor, source[1], d, weight + width);
                V.AddProduct(factor, source[2], d, weight + 2 * width);
                V.AddProduct(factor, source[3], d, weight + 3 * width);
            }
            if (inputs % 4 > 0)
                V.AddProduct(factor, source[0], d, weight);
            if (inputs % 4 > 1)
                V.AddProduct(factor, source[1], d, weight + width);
            if (inputs % 4 > 2)
                V.AddProduct(factor, source[2], d, weight + 2 * width);
            V.Fma(factor, V.Zero + d, V.Load(biases + j)).Store(biases + j);
        }
    }

    /// <summary>Changes a panel of weights by xᵀδ and its biases by δ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal void UpdatePanel<V>(int panel, int biases, float* x, int inputs, float* delta, int width) where V : struct, ISimd<V>
    {
        TOptimizer ofWeights = _ofWeights, ofBiases = _ofBiases;
        float* weights = _weights.Pointer, states = _states.Pointer;
        var stride = _states.Stride;
        for (var j = 0; j < width; j += V.Count)
        {
            var d = V.LoadFours(delta + j);
            float* weight = weights + panel + j, state = states + panel + j;
            for (var i = 0; i < inputs; i++, weight += width, state += width)
                ofWeights.Update(V.Load(weight), V.Fma(V.Splat(x[i]), d, V.Zero), new OptimizerState<V>(state, stride)).Store(weight);
            weight = weights + biases + j;
            ofBiases.Update(V.Load(weight), V.Zero + d, new OptimizerState<V>(states + biases + j, stride)).Store(weight);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Update(bool biases, int offset, float* gradients, int count)
    {
        var whole = PanelLayout.RoundUp(count, PanelLayout.Line);
        if (whole != count)
            new Span<float>(gradients + count, whole - count).Clear();
        Vectors.Run(new UpdateWork(this, biases, offset, gradients, whole));
    }

    readonly struct UpdateWork(GradientUse<TOptimizer> use, bool biases, int offset, float* gradients, int count) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => use.Update<V>(biases, offset, gradients, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    void Update<V>(bool biases, int offset, float* gradients, int count) where V : struct, ISimd<V>
    {
        ref readonly var constants = ref biases ? ref _ofBiases : ref _ofWeights;
        var optimizer = constants;
        float* weights = _weights.Pointer + offset, states = _states.Pointer + offset;
        var stride = _states.Stride;
        for (var i = 0; i < count; i += V.Count)
            optimizer.Update(V.Load(weights + i), V.Load(gradients + i), new OptimizerState<V>(states + i, stride)).Store(weights + i);
    }
}
