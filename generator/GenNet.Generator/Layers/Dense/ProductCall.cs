using GenNet.Generator.Planning;

namespace GenNet.Generator.Layers;

/// <summary>The call that computes a product for one sample or step, where it is too much to be unrolled.</summary>
static class ProductCall
{
    /// <summary>The statement.</summary>
    /// <param name="product">The product.</param>
    /// <param name="source">The variable of what it takes.</param>
    /// <param name="target">That of what it gives.</param>
    public static string Call(this ProductPlan product, string source, string target) =>
        $"global::GenNet.Runtime.Dense.Forward<{TypeNames.Activation("Identity")}>({product.Shape}, ref p, in {source}, ref {target});";
}
