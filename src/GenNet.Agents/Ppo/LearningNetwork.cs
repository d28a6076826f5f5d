namespace GenNet.Agents;

/// <summary>A network as an update trains it: sample by sample, or where it is recurrent window by window.</summary>
sealed class LearningNetwork
{
    readonly int _window;
    readonly bool _takesWhole;

    /// <summary>By the number of windows: a trainer takes as many states as it takes windows.</summary>
    readonly NetworkState?[] _states;

    /// <summary>Rows that it was last given, of which gradients may come back.</summary>
    int _rows;

    /// <param name="trainer">What trains it.</param>
    /// <param name="window">Steps of its windows; 0 where it remembers nothing.</param>
    /// <param name="outputs">Numbers that it gives for an observation.</param>
    /// <param name="rows">Most rows that it is given at a time.</param>
    /// <param name="takesWhole">Whether they are a whole minibatch.</param>
    /// <exception cref="InvalidOperationException">It has a layer that windows cannot be trained with.</exception>
    public LearningNetwork(Trainer<Adam> trainer, int window, int outputs, int rows, bool takesWhole)
    {
        (Trainer, _window, _takesWhole, Outputs, Gradients) = (trainer, window, takesWhole, outputs, new float[rows * outputs]);
        _states = new NetworkState?[window == 0 ? 0 : rows / window + 1];

        // What cannot be is refused before anything is learnt.
        if (window > 0)
            trainer.Forward(new float[trainer.Network.InputSize], new Sequences { InitialStates = States(1) });
    }

    public Trainer<Adam> Trainer { get; }

    public int Outputs { get; }

    /// <summary>[rows, outputs] room for the derivatives by the outputs.</summary>
    public float[] Gradients { get; }

    /// <summary>Begins a minibatch.</summary>
    public void Begin() => _rows = 0;

    /// <summary>The outputs, [rows, outputs].</summary>
    /// <param name="inputs">[rows, observations] windows, or rows where it remembers nothing.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="resets">[rows] where it forgets before a step.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="states">[all windows, state] what it remembers where they begin.</param>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> inputs, int rows, ReadOnlySpan<bool> resets, ReadOnlySpan<int> windows, float[] states)
    {
        ReadOnlySpan<float> outputs;
        if (_window == 0)
            outputs = Trainer.Forward(inputs);
        else
        {
            var initial = States(windows.Length);
            for (var i = 0; i < windows.Length; i++)
                states.AsSpan(windows[i] * initial.Size, initial.Size).CopyTo(initial.Values(i));
            outputs = Trainer.Forward(inputs, new Sequences { Resets = resets, InitialStates = initial });
        }
        _rows = rows;
        return outputs;
    }

    /// <summary>Adds the gradients of the rows last given to those of the others of their minibatch.</summary>
    /// <param name="batch">Rows of the minibatch.</param>
    public void Accumulate(int batch)
    {
        if (_takesWhole)
            Trainer.Backward(Gradients.AsSpan(0, _rows * Outputs));
        else
            Trainer.Accumulate(Gradients.AsSpan(0, _rows * Outputs), batch / Math.Max(1, _window));
    }

    /// <summary>Forgets the gradients of the first parts of a minibatch whose others will not come: a whole batch takes their place.</summary>
    public void Forget()
    {
        if (_rows == 0)
            return;
        Array.Clear(Gradients);
        Trainer.Backward(Gradients.AsSpan(0, _rows * Outputs));
    }

    NetworkState States(int windows) => _states[windows] ??= new NetworkState(Trainer.Network.Architecture, windows);
}
