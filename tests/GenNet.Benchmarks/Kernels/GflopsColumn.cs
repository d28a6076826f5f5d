using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace GenNet.Benchmarks.Kernels;

/// <summary>The speed of a product: two operations for each multiply-add, padding not counted.</summary>
sealed class GflopsColumn : IColumn
{
    public string Id => nameof(GflopsColumn);

    public string ColumnName => "GFLOP/s";

    public string Legend => "Operations of the product, two for each multiply-add, over the shortest time";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        benchmarkCase.Parameters.Items.Select(item => item.Value).OfType<LayerSize>().SingleOrDefault() is { Rows: > 0 } size && summary[benchmarkCase]?.ResultStatistics is { } statistics
            ? (size.Flops / statistics.Min).ToString("F1", CultureInfo.InvariantCulture)
            : "";

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;
}
