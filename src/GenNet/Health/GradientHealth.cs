using GenNet.Runtime;

namespace GenNet;

/// <summary>
/// How gradients, weights and activations fare, layer by layer, in the training of a network that was declared with <c>Health = true</c>.
/// </summary>
/// <remarks>
/// <para>Dead units are counted over every sample of <c>Step</c>, <c>Backward</c> and <c>Accumulate</c>. Everything else is measured in one update of <see cref="Interval"/>,
/// by <c>Step</c> or by <c>Update</c>, activations in the first rows of the batch's last part of 128 samples, 32 at most. A step that is refused is not measured.
/// Measuring changes no weight's bits and allocates nothing. All ranks of a job measure the same (<see cref="Trainer.Exchange"/>).</para>
/// <para>What is measured is also published through <c>System.Diagnostics.Metrics</c>, meter <c>GenNet</c>.</para>
/// </remarks>
public sealed class GradientHealth
{
    readonly NetworkArchitecture _architecture;
    readonly LayerProbe[] _probes;

    /// <summary>[units of all layers] which were positive, and what is measured of rows, in memory that does not move.</summary>
    readonly byte[] _positive;

    readonly double[] _measured;
    int _interval = 64;

    /// <summary>Whether the count was begun anew since the last epoch ended.</summary>
    bool _forgot;

    const int MeasuresOfData = 2;

    internal GradientHealth(NetworkArchitecture architecture, ParameterBlock parameters, IReadOnlyList<LayerTraining> layers, int threads)
    {
        _architecture = architecture;
        _probes = [.. layers.Select((layer, i) => new LayerProbe(i + 1, architecture.Layers[i], layer, threads, isOutput: architecture.Heads.Any(head => head.LastLayer == i)))];
        Layers = [.. _probes.Select(probe => probe.Health)];
        Before = parameters.Like();
        (Inputs, Targets) = (new DataProbe(architecture.InputSize, architecture.InputSize / architecture.Positions, architecture.IndexFeatures), new DataProbe(architecture.OutputSize, architecture.OutputSize, []));
        _positive = GC.AllocateArray<byte>(_probes.Sum(probe => probe.Length), pinned: true);
        _measured = GC.AllocateArray<double>(_probes.Sum(probe => probe.Measures) + 2 * MeasuresOfData, pinned: true);
        HealthMeter.Add(this);
    }

    /// <summary>One update of so many is measured, the first one included. A small number costs time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int Interval
    {
        get => _interval;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _interval = value;
        }
    }

    /// <summary>The number of the step last measured, from 1; 0 before the first.</summary>
    public long Step { get; private set; }

    /// <summary>The layers, in order.</summary>
    public IReadOnlyList<LayerHealth> Layers { get; }

    internal string NetworkName => _architecture.Name;

    /// <summary>How large the inputs are.</summary>
    internal DataProbe Inputs { get; }

    /// <summary>How large the targets are, where they are given as numbers.</summary>
    internal DataProbe Targets { get; }

    /// <summary>The weights before the update that is measured.</summary>
    ParameterBlock Before { get; }

    /// <summary>Ends the count of dead units: <see cref="LayerHealth.DeadShare"/> is that of the samples since the last call. <c>Fit</c> calls it after each epoch; of several ranks all call it.</summary>
    /// <exception cref="RankFailedException">Another rank cannot go on, or is elsewhere.</exception>
    public void EndEpoch()
    {
        // All ranks meet before anything is forgotten.
        Share?.Begin();
        var at = 0;
        foreach (var probe in _probes)
        {
            probe.EndEpoch(_positive.AsSpan(at, probe.Length));
            at += probe.Length;
        }
        Share?.Join(_positive);
        at = 0;
        foreach (var probe in _probes)
        {
            probe.Judge(_positive.AsSpan(at, probe.Length), keepsUnseen: _forgot);
            at += probe.Length;
        }
        _forgot = false;
    }

    /// <summary>Begins the count of dead units anew, where other ranks' samples were counted that this one has not seen: until it has seen some of its own they are as many as they were.</summary>
    internal void Forget()
    {
        _forgot = true;
        foreach (var probe in _probes)
            probe.EndEpoch(_positive.AsSpan(0, probe.Length));
    }

    /// <summary>What tells all ranks which units were positive on one of them; null where there is one.</summary>
    internal IUnitShare? Share { get; set; }

    /// <summary>What was measured of rows, for ranks that have others.</summary>
    internal Span<double> Measured => _measured;

    /// <summary>Writes it.</summary>
    internal void WriteMeasured()
    {
        Inputs.Write(_measured);
        Targets.Write(_measured.AsSpan(MeasuresOfData));
        var at = 2 * MeasuresOfData;
        foreach (var probe in _probes)
        {
            probe.Write(_measured.AsSpan(at));
            at += probe.Measures;
        }
    }

    /// <summary>Takes over what another rank has measured.</summary>
    internal void ReadMeasured()
    {
        Inputs.Read(_measured);
        Targets.Read(_measured.AsSpan(MeasuresOfData));
        var at = 2 * MeasuresOfData;
        foreach (var probe in _probes)
        {
            probe.Read(_measured.AsSpan(at));
            at += probe.Measures;
        }
    }

    /// <summary>What is wrong, in plain words: nothing where all is well.</summary>
    public IReadOnlyList<HealthFinding> Diagnose() => Diagnosis.Of(_architecture, Layers, Step - 1, Inputs, Targets);

    internal bool IsDue(long stepCount) => stepCount % Interval == 0;

    /// <summary>Forgets what was seen of units since the last batch that was accepted.</summary>
    /// <param name="measures">Whether the batch that begins is measured.</param>
    internal void Begin(bool measures)
    {
        foreach (var probe in _probes)
            probe.Begin(measures);
    }

    /// <summary>What was seen of units counts: the batch is not refused.</summary>
    internal void Accept()
    {
        foreach (var probe in _probes)
            probe.Accept();
    }

    /// <summary>Looks which units of a share of the rows are not zero.</summary>
    internal void Watch(in Share share)
    {
        foreach (var probe in _probes)
            probe.Watch(share);
    }

    /// <summary>Looks which units are not zero for one sample, whose layers' activations start at the given places.</summary>
    internal void Watch(SampleTraining sample, ReadOnlySpan<int> starts)
    {
        for (var layer = 0; layer < _probes.Length; layer++)
            _probes[layer].Watch(sample, starts[layer]);
    }

    /// <summary>Measures the activations of the rows last computed, and the steps on their way back.</summary>
    internal void MeasureActivations(int rows)
    {
        foreach (var probe in _probes)
            probe.MeasureActivations(rows);
    }

    /// <summary>Measures the gradients, and the weights before their update.</summary>
    internal void MeasureGradients(long step, ParameterBlock weights, ParameterBlock gradients)
    {
        Step = step;
        weights.Span.CopyTo(Before.Span);
        foreach (var probe in _probes)
            probe.MeasureGradients(weights, gradients);
    }

    /// <summary>Measures how large the inputs and the targets of a batch are, the latter null for labels.</summary>
    internal unsafe void MeasureData(float* inputs, float* targets, int rows)
    {
        Inputs.Measure(inputs, rows);
        if (targets != null)
            Targets.Measure(targets, rows);
    }

    /// <summary>Measures by how much the weights changed.</summary>
    internal void MeasureUpdate(ParameterBlock weights)
    {
        foreach (var probe in _probes)
            probe.MeasureUpdate(Before, weights);
    }
}
