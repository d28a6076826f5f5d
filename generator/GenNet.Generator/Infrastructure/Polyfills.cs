namespace System.Runtime.CompilerServices;

// The compiler asks for these by name; netstandard2.0 has none of them.

static class IsExternalInit;

[AttributeUsage(AttributeTargets.Struct)]
sealed class InterpolatedStringHandlerAttribute : Attribute;

[AttributeUsage(AttributeTargets.Parameter)]
sealed class InterpolatedStringHandlerArgumentAttribute(string argument) : Attribute
{
    public string[] Arguments { get; } = [argument];
}
