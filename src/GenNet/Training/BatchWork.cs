using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Takes samples of a batch through the layers, as many at a time as the layers have memory for, divided among threads by samples.</summary>
sealed unsafe class BatchWork : SharedWork
{
    /// <summary>Samples that a thread computes at a time: their activations stay in its second-level cache.</summary>
    const int SamplesOfThread = 128;

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
    public BatchWork(Trainer trainer, int threads, bool together, int forwardStages, int backwardStages)
    {
        (_trainer, _threads, _inputs) = (trainer, threads, trainer.InputSize);
        (_forwardStages, _backwardStages) = (forwardStages, backwardStages);
        SamplesAtOnce = together
            ? trainer.BatchSize
            : (int)Math.Min(trainer.BatchSize, SamplesOfThread * Math.Max(1, Math.Min(threads, trainer.MostAtOnce / SamplesOfThread)));
    }

    /// <summary>Samples computed at a time.</summary>
    public int SamplesAtOnce { get; }

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
    public void Compute(float* inputs, Targets targets, int first, int samples, Passes passes, in Pass pass)
    {
        var count = Math.Min(SamplesAtOnce, samples - first);
        X = new Rows(inputs + (nint)first * _inputs, _inputs, count);
        Parts = IsForOneThread ? 1 : Math.Clamp(count / FewestSamples, 1, _threads);
        (_targets, targets.First) = (targets, first);
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
