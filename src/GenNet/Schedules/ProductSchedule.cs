namespace GenNet;

/// <summary>The product of two schedules: PyTorch's ChainedScheduler.</summary>
public sealed class ProductSchedule : ICompositeSchedule
{
    readonly ISchedule _left, _right;

    internal ProductSchedule(ISchedule left, ISchedule right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        (_left, _right) = (left, right);
    }

    IEnumerable<ISchedule> ICompositeSchedule.Parts => [_left, _right];

    IMetricSchedule ICompositeSchedule.With(Func<ISchedule, ISchedule> part) => new ProductSchedule(part(_left), part(_right));

    /// <inheritdoc/>
    public double At(long step) => _left.At(step) * _right.At(step);

    /// <summary>The schedule in words.</summary>
    public override string ToString() => $"{_left} times {_right}";
}
