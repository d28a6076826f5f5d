namespace GameLoop;

/// <summary>How much of each frame acting and learning took.</summary>
sealed class FrameTimes(int frames)
{
    readonly double[] _milliseconds = new double[frames];

    public int Count { get; private set; }

    public bool IsFull => Count == _milliseconds.Length;

    public double Median => Taken.Order().ElementAt(Count / 2);

    public double Longest => Taken.Max();

    IEnumerable<double> Taken => _milliseconds.Take(Count);

    public void Add(TimeSpan taken) => _milliseconds[Count++] = taken.TotalMilliseconds;

    public double ShareUnder(double milliseconds) => (double)Taken.Count(taken => taken < milliseconds) / Count;
}
