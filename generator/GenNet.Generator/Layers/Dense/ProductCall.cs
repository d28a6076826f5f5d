using GenNet.Generator.Planning;

namespace GenNet.Generator.Layers;

/// <summary>The call that computes a product for one sample or step, where it is too much to be unrolled.</summary>
static class ProductCall
{
    /// <summary>The statement, in a method for the widest vectors V. The JIT leaves nothing of it but calls of one kernel, because the shape stands there in numbers.</summary>
    /// <param name="product">The product.</param>
    /// <param name="source">The variable of what it takes.</param>
    /// <param name="target">That of what it gives.</param>
    /// <param name="activation">The type of its activation.</param>
    public static string Call(this ProductPlan product, string source, string target, string activation) =>
        $"global::GenNet.Runtime.Dense.Forward<{activation}, V>({product.Inputs}, {product.Outputs}, parts: {product.Parts}, weights: {product.Offset}, biases: {product.BiasOffset}, ref p, in {source}, ref {target});";
}
