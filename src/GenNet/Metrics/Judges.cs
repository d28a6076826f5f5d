namespace GenNet;

/// <summary>Judges a network by batch after batch of some data, each head by itself where there are several.</summary>
/// <param name="network">The network.</param>
/// <param name="data">The data.</param>
sealed class Judges(NetworkArchitecture network, Dataset data)
{
    readonly HeadEvaluator[] _heads = [.. network.Heads.Select(head => new HeadEvaluator(network, head, hasLengths: !data.Lengths.IsEmpty))];
    double _loss;

    bool HasHeads => _heads is not [{ Name: "" }];

    /// <summary>Losses of a batch: its own, and where there are several heads that of each.</summary>
    public int LossCount => HasHeads ? 1 + _heads.Length : 1;

    /// <summary>Adds a batch.</summary>
    /// <param name="batch">Its samples.</param>
    /// <param name="outputs">[samples, outputs] what the network makes of them.</param>
    /// <param name="losses">Its mean losses.</param>
    public void Add(in Batch batch, ReadOnlySpan<float> outputs, ReadOnlySpan<float> losses)
    {
        _loss += batch.Count * (double)losses[0];
        for (var head = 0; head < _heads.Length; head++)
            _heads[head].Add(batch, outputs, network.OutputSize, losses[HasHeads ? 1 + head : 0]);
    }

    /// <summary>The quality on all data.</summary>
    public Evaluation Result => HasHeads
        ? new Evaluation(_loss / data.Count, double.NaN) { Heads = new Dictionary<string, Evaluation>(_heads.Select(head => KeyValuePair.Create(head.Name, head.Result))) }
        : _heads[0].Result;
}
