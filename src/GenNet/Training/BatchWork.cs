using System.Numerics;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Takes samples of a batch through the layers, as many at a time as the layers have memory for, divided among threads by samples.</summary>
sealed unsafe class BatchWork : SharedWork
{
    /// <summary>Samples whose activations a thread has memory for at least.</summary>
    const int FewestOfThread = 128;

    /// <summary>Samples whose activations a thread has memory for at most.</summary>
    const int MostOfThread = 1024;

    /// <summary>Samples that a thread takes forward and back at a time at least: the gradients' tiles get shallow with fewer.</summary>
    const int FewestInCache = 32;

    /// <summary>Floats of a thread's activations that its caches keep from the way forward to the way back.</summary>
    const long CacheOfThread = 1 << 19;

    /// <summary>Samples that a thread gets at least, or waiting for it would cost more than it saves.</summary>
    const int FewestSamples = 16;

    readonly Trainer _trainer;
    readonly int _threads, _inputs, _forwardStages, _backwardStages;
    Targets _targets = new(0);
    Passes _passes;

    /// <param name="trainer">Whose layers.</param>
    /// <param name="threads">Threads at most.</param>
    /// <param name="together">Whether a layer needs the whole batch at a time.</param>
    /// <param name="forwardStages">Stages of the forward pass: all threads finish one before the next begins.</param>
    /// <param name="backwardStages">Stages of the backward pass.</param>
    /// <param name="watched">Whether the activations of all samples that there is memory for are looked at afterwards.</param>
    public BatchWork(Trainer trainer, int threads, bool together, int forwardStages, int backwardStages, bool watched)
    {
        (_trainer, _threads, _inputs) = (trainer, threads, trainer.InputSize);
        (_forwardStages, _backwardStages) = (forwardStages, backwardStages);
        var (atOnce, inCache) = SamplesOfThread(trainer.Network.Architecture);
        var shares = Math.Max(1, Math.Min(threads, trainer.MostAtOnce / atOnce));
        SamplesAtOnce = together ? trainer.BatchSize : Math.Min(trainer.BatchSize, atOnce * shares);
        SamplesInCache = together || watched ? SamplesAtOnce : Math.Min(trainer.BatchSize, inCache * shares);
    }

    /// <summary>Samples that there is memory for.</summary>
    public int SamplesAtOnce { get; }

    /// <summary>Samples taken forward and back at a time by their own loss, a whole part of the others.</summary>
    public int SamplesInCache { get; }

    /// <summary>
    /// Samples of a thread: those that it has memory for, and those whose activations its caches keep. Weights and their gradients, which are read and written for each lot of samples, are no more than what its activations are:
    /// so a network of large layers with few activations takes more at a time than the caches keep, and has memory for more.
    /// </summary>
    static (int AtOnce, int InCache) SamplesOfThread(NetworkArchitecture architecture)
    {
        var floats = 0L;
        for (var number = 1; number <= architecture.Layers.Count; number++)
            floats += architecture.Layers[number - 1].KeptFloats + 2L * architecture.PositionsBehind(number) * PanelLayout.RowStride(architecture.Layers[number - 1].Outputs);
        var ofWeights = architecture.TrainedLength / floats;
        var atOnce = (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((ulong)ofWeights + 1) / 2, FewestOfThread, MostOfThread);
        return (atOnce, (int)BitOperations.RoundUpToPowerOf2((ulong)Math.Clamp(Math.Max(CacheOfThread / floats, ofWeights), FewestInCache, atOnce)));
    }

    /// <summary>Whether one thread computes all: it exchanges what layers need of other ranks.</summary>
    public bool IsForOneThread;

    /// <summary>The samples last computed.</summary>
    public Rows X;

    /// <summary>What the shares of the last pass have in common.</summary>
    public Pass Pass;

    /// <summary>Threads that share the samples last computed.</summary>
    public int Parts;

    /// <summary>Computes the samples from <paramref name="first"/> on that fit the memory.</summary>
    /// <param name="inputs">[samples, inputs] features.</param>
    /// <param name="targets">Their targets, or the gradients of their outputs.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="samples">Their number.</param>
    /// <param name="passes">What is computed of them.</param>
    /// <param name="pass">What the shares have in common.</param>
    /// <param name="firstLoss">Where the losses go.</param>
    public void Compute(float* inputs, Targets targets, int first, int samples, Passes passes, in Pass pass, int firstLoss = 0)
    {
        var count = Math.Min((passes & Passes.Loss) != 0 ? SamplesInCache : SamplesAtOnce, samples - first);
        X = new Rows(inputs + (nint)first * _inputs, _inputs, count);
        Parts = IsForOneThread ? 1 : Math.Clamp(count / FewestSamples, 1, _threads);
        (_targets, targets.First, targets.FirstLoss) = (targets, first, firstLoss);
        if (_forwardStages == 1)
            Run(pass, passes);
        else
            RunStages(pass, passes);
    }

    void RunStages(Pass pass, Passes passes)
    {
        var end = passes & (Passes.Loss | Passes.Outputs);
        for (var stage = 0; (passes & Passes.Forward) != 0 && stage < _forwardStages; stage++)
            Run(pass.At(stage), Passes.Forward | (stage == _forwardStages - 1 ? end : 0));
        if ((passes & Passes.OutputGradient) != 0)
            Run(pass, Passes.OutputGradient);
        for (var stage = 0; (passes & Passes.Backward) != 0 && stage < _backwardStages; stage++)
            Run(pass.At(stage), Passes.Backward);
        if ((passes & Passes.InputGradient) != 0)
            Run(pass, Passes.InputGradient);
    }

    void Run(in Pass pass, Passes passes)
    {
        (Pass, _passes) = (pass, passes);
        WorkerTeam.Run(this, Parts);
    }

    public override void Execute(int part, int parts) => _trainer.Execute(X, _targets, _passes, new Share(part, parts, X.Count, Pass));
}
