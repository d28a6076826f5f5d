using System.Runtime.InteropServices;

namespace GenNet.Tests.Networks;

[Network(3, 4, 1)]
sealed partial class NarrowNet;

[Network(17, 2)]
sealed partial class NarrowLayer;

[Network(29, 33, 5, Output = Activation.Softmax)]
sealed partial class UnevenNet;

/// <summary>Kernels read and write whole vectors, but never past the caller's spans: these end where the process's memory does.</summary>
public sealed unsafe partial class MemoryEndTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(140)]
    public void No_span_is_left(int samples)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Run(new NarrowNet(1), samples);
        Run(new NarrowLayer(1), samples);
        Run(new UnevenNet(1), samples);
    }

    static void Run(INetwork network, int samples)
    {
        using Pages inputs = new(samples * network.InputSize), outputs = new(samples * network.OutputSize), labels = new(samples), weights = new(samples);
        weights.Span.Fill(1);
        network.ForwardBatch(inputs.Span, outputs.Span);
        if (samples == 1)
            network.Forward(inputs.Span, outputs.Span);
        var trainer = network.CreateTrainer(new Adam(0.01), samples);
        trainer.Step(inputs.Span, outputs.Span, weights.Span);
        trainer.Backward(inputs.Span, outputs.Span, weights.Span);
        if (network.OutputSize > 1)
            trainer.Step(inputs.Span, MemoryMarshal.Cast<float, int>(labels.Span));
        Assert.True(float.IsFinite(trainer.Loss(inputs.Span, outputs.Span)));
    }

    /// <summary>Zeros that end at a page which may not be touched.</summary>
    sealed partial class Pages : IDisposable
    {
        const int ReadAndWrite = 3, PrivateAndAnonymous = 0x22;

        readonly byte* _start;
        readonly nuint _length, _page = (nuint)Environment.SystemPageSize;
        readonly int _count;

        public Pages(int count)
        {
            _count = count;
            _length = ((nuint)count * sizeof(float) + _page - 1) / _page * _page;
            _start = (byte*)Map(null, _length + _page, ReadAndWrite, PrivateAndAnonymous, -1, 0);
            Assert.Equal(0, Protect(_start + _length, _page, 0));
        }

        public Span<float> Span => new(_start + _length - (nuint)_count * sizeof(float), _count);

        public void Dispose() => Assert.Equal(0, Unmap(_start, _length + _page));

        [LibraryImport("libc", EntryPoint = "mmap")]
        private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

        [LibraryImport("libc", EntryPoint = "mprotect")]
        private static partial int Protect(void* address, nuint length, int protection);

        [LibraryImport("libc", EntryPoint = "munmap")]
        private static partial int Unmap(void* address, nuint length);
    }
}
