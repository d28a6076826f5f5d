using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenNet.Tests.Onnx;

/// <summary>What <c>torch_models.py</c> wrote, with seed 1.</summary>
static class TorchSamples
{
    public static string Path(string name) => System.IO.Path.Combine(Folder(), "torch", name);

    public static float[] Floats(string name) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path(name))).ToArray();

    static string Folder([CallerFilePath] string path = "") => System.IO.Path.GetDirectoryName(path)!;
}
