using GenNet.Generator.Diagnostics;
using GenNet.Generator.Infrastructure;

namespace GenNet.Generator.Specification;

/// <summary>A specification, or the reasons why there is none. Neither, where the compiler itself refuses the attributes.</summary>
sealed record ParseResult(NetworkSpec? Spec, EquatableArray<DiagnosticInfo> Diagnostics);
