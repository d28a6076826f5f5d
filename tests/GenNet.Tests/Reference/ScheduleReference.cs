namespace GenNet.Tests.Reference;

/// <summary>Learning rates of one of PyTorch's schedules; tests/reference/make_schedule_references.py writes them.</summary>
/// <param name="Rates">The rate of each update, for a base rate of 1.</param>
/// <param name="Metrics">What is reported after each update to a schedule that watches training.</param>
sealed record ScheduleReference(double[] Rates, double[]? Metrics)
{
    const string Folder = "schedules/";

    public static IEnumerable<string> Names => ReferenceFile.Names(Folder);

    public static ScheduleReference Load(string name) => ReferenceFile.Load<ScheduleReference>(Folder, name, "make_schedule_references.py");
}
