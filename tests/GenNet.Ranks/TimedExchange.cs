using System.Diagnostics;

namespace GenNet.Ranks;

/// <summary>Times the rounds of each step: how long this rank is in calls that send, receive and wait.</summary>
/// <param name="exchange">What moves bytes.</param>
sealed class TimedExchange(IRankExchange exchange) : IRankExchange
{
    readonly List<List<double>> _rounds = [];
    bool _isTimed;
    int _round;
    long _ticks;

    public int Rank => exchange.Rank;

    public int Ranks => exchange.Ranks;

    /// <summary>Begins the rounds of the next step.</summary>
    public void Begin(bool isTimed) => (_isTimed, _round) = (isTimed, 0);

    /// <summary>The median of each round of a step, in milliseconds.</summary>
    public IEnumerable<double> Medians => _rounds.Select(StepTimes.Median);

    public void Send(int rank, ReadOnlySpan<byte> bytes)
    {
        var start = Stopwatch.GetTimestamp();
        exchange.Send(rank, bytes);
        _ticks += Stopwatch.GetTimestamp() - start;
    }

    public void Receive(int rank, Span<byte> bytes)
    {
        var start = Stopwatch.GetTimestamp();
        exchange.Receive(rank, bytes);
        _ticks += Stopwatch.GetTimestamp() - start;
    }

    public void Complete()
    {
        var start = Stopwatch.GetTimestamp();
        exchange.Complete();
        _ticks += Stopwatch.GetTimestamp() - start;
        if (_isTimed)
        {
            if (_round == _rounds.Count)
                _rounds.Add([]);
            _rounds[_round++].Add(1000.0 * _ticks / Stopwatch.Frequency);
        }
        _ticks = 0;
    }
}
