using GenNet.Generator.Diagnostics;
using GenNet.Generator.Infrastructure;

namespace GenNet.Generator.Specification;

/// <summary>A specification, or the reasons why there is none. Neither, where the compiler itself refuses the attributes.</summary>
/// <param name="Spec">The specification.</param>
/// <param name="Diagnostics">The reasons.</param>
/// <param name="WeightsLocation">Where the weights to compile in are named, if they are.</param>
sealed record ParseResult(NetworkSpec? Spec, EquatableArray<DiagnosticInfo> Diagnostics, LocationInfo? WeightsLocation = null);
