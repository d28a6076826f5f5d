namespace GenNet.Agents;

/// <summary>The returns of the last 100 episodes that have ended.</summary>
sealed class RecentReturns
{
    const int Most = 100;

    readonly double[] _returns = new double[Most];

    /// <summary>Episodes that have ended.</summary>
    public long Episodes { get; private set; }

    /// <summary>Their mean return, of the last 100; NaN where none has ended.</summary>
    public double Mean
    {
        get
        {
            var count = (int)Math.Min(Episodes, Most);
            var sum = 0.0;
            for (var i = 0; i < count; i++)
                sum += _returns[i];
            return sum / count;
        }
    }

    public void Add(double value) => _returns[Episodes++ % Most] = value;

    public void Save(BinaryWriter writer)
    {
        writer.Write(Episodes);
        foreach (var value in _returns)
            writer.Write(value);
    }

    public void Load(BinaryReader reader)
    {
        Episodes = reader.ReadInt64();
        for (var i = 0; i < Most; i++)
            _returns[i] = reader.ReadDouble();
    }
}
