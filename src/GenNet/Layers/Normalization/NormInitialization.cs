using System.ComponentModel;

namespace GenNet.Runtime;

/// <summary>Sets the scales and shifts that a normalisation starts with.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NormInitialization
{
    /// <summary>Sets a normalisation to change nothing: scales and running variances to one, shifts and running means to zero.</summary>
    public static void Fill(ParameterBlock parameters, int layer)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var norm = parameters.Norm(layer);
        norm.Scales.Fill(1);
        norm.Shifts.Clear();
        norm.RunningMeans.Clear();
        norm.RunningVariances.Fill(1);
    }
}
