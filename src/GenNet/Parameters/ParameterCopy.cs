using System.ComponentModel;

namespace GenNet.Runtime;

/// <summary>The parameters that a network starts with when it is cloned: a type of its own, so that the constructor that takes it is none of the user's.</summary>
/// <param name="source">Those of the network that is cloned.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ParameterCopy(ParameterBlock source)
{
    /// <summary>Copies them.</summary>
    public void CopyTo(ParameterBlock parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.CopyFrom(source);
    }
}
