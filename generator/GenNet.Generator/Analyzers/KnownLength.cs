using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenNet.Generator.Analyzers;

/// <summary>A length that the source gives away.</summary>
/// <param name="Value">Elements.</param>
/// <param name="Written">Where the number stands, if it stands alone.</param>
readonly record struct KnownLength(int Value, ExpressionSyntax? Written = null);
