using System.Globalization;

namespace GenNet.Agents;

/// <summary>The environments that are given to act in.</summary>
static class EnvironmentList
{
    /// <summary>Throws unless there is an environment, and none is missing or the same object as another.</summary>
    public static void Check<TEnvironment>(TEnvironment[] environments) where TEnvironment : IEnvironment
    {
        ArgumentNullException.ThrowIfNull(environments);
        var name = typeof(TEnvironment).Name;
        if (environments.Length == 0)
            throw new ArgumentException($"There is no environment to act in: give one {name} at least.", nameof(environments));
        if (typeof(TEnvironment).IsValueType)
            return;
        var places = new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
        for (var index = 0; index < environments.Length; index++)
        {
            if (environments[index] is null)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Environment {index} is null: create a {name} for each place."), nameof(environments));
            if (!places.TryAdd(environments[index], index))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Environments {places[environments[index]]} and {index} are the same {name}: each needs one of its own."), nameof(environments));
        }
    }
}
