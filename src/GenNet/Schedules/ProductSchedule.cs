namespace GenNet;

/// <summary>The product of two schedules: PyTorch's ChainedScheduler.</summary>
public sealed class ProductSchedule : IMetricSchedule, ICompositeSchedule
{
    readonly ISchedule _left, _right;

    internal ProductSchedule(ISchedule left, ISchedule right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        (_left, _right) = (left, right);
    }

    IEnumerable<ISchedule> ICompositeSchedule.Parts => [_left, _right];

    /// <inheritdoc/>
    public double At(long step) => _left.At(step) * _right.At(step);

    /// <inheritdoc/>
    public void Report(double metric)
    {
        (_left as IMetricSchedule)?.Report(metric);
        (_right as IMetricSchedule)?.Report(metric);
    }
}
