namespace GenNet.Benchmarks;

[Network(2, 8, 1, Hidden = Activation.Sigmoid)]
sealed partial class Sigmoid2x8x1;

[Network(4, 16, 16, 2, Hidden = Activation.Tanh)]
sealed partial class Tanh4x16x16x2;

[Network(16, 64, 64, 4, Hidden = Activation.Tanh)]
sealed partial class Tanh16x64x64x4;

[Network(17, 64, 64, 6, Hidden = Activation.Tanh)]
sealed partial class Tanh17x64x64x6;

[Network(4, 32, 16, 4)]
sealed partial class ReLU4x32x16x4;

[Network(8, 32, 32, 1)]
sealed partial class ReLU8x32x32x1;

[Network(8, 256, 256, 1)]
sealed partial class ReLU8x256x256x1;

[Network(32, 64, 64, 8)]
sealed partial class ReLU32x64x64x8;

[Network(784, 128, 64, 10)]
sealed partial class ReLU784x128x64x10;

[Network(784, 128, 64, 10, Output = Activation.Softmax)]
sealed partial class Softmax784x128x64x10;

[Network(784, 512, 256, 10, Output = Activation.Softmax)]
sealed partial class Softmax784x512x256x10;

static class Workloads
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        Workload.Infer<Tanh4x16x16x2>("I1"),
        Workload.Infer<Tanh17x64x64x6>("I2"),
        Workload.Infer<ReLU32x64x64x8>("I3"),
        Workload.Infer<ReLU784x128x64x10>("I4"),
        Workload.Infer<ReLU8x32x32x1>("I5"),
        Workload.Infer<Tanh16x64x64x4>("I6", samples: 1024),
        Workload.Train<Sigmoid2x8x1>("T1", samples: 1, Method.Sgd),
        Workload.Train<Tanh4x16x16x2>("T2s", samples: 32, Method.Sgd),
        Workload.Train<Tanh4x16x16x2>("T2a", samples: 32, Method.Adam),
        Workload.Train<Tanh17x64x64x6>("T3", samples: 256, Method.Adam),
        Workload.Train<Softmax784x128x64x10>("T4s", samples: 128, Method.Sgd),
        Workload.Train<Softmax784x128x64x10>("T4a", samples: 128, Method.Adam),
        Workload.Train<Softmax784x512x256x10>("T5s", samples: 128, Method.Sgd),
        Workload.Train<Softmax784x512x256x10>("T5a", samples: 128, Method.Adam),
        Workload.Train<Softmax784x128x64x10>("T6s", samples: 32, Method.Sgd),
        Workload.Train<Softmax784x128x64x10>("T6a", samples: 32, Method.Adam),
        Workload.Train<ReLU8x256x256x1>("T7", samples: 64, Method.Adam),
        Workload.Train<ReLU4x32x16x4>("T8", samples: 2048, Method.Adam),
        Workload.Infer<LeNet5>("C1"),
        Workload.Train<LeNet5>("C2", samples: 64, Method.Adam),
        Workload.Train<LeNet5>("C3", samples: 8, Method.Adam),
        Workload.Train<Conv32x32x64>("C4", samples: 64, Method.Adam),
        Workload.Infer<DepthwiseSeparable>("C5"),
        Workload.Infer<MobileNet96>("C6"),
        Workload.Infer<ResNet8>("C7"),
        Workload.Step<GRU8>("R1"),
        Workload.Step<GRU16>("R2"),
        Workload.Step<GRU20>("R3"),
        Workload.Step<GRU32>("R4"),
        Workload.Step<GRU64>("R5"),
        Workload.Step<LSTM8>("R6"),
        Workload.Step<LSTM16>("R7"),
        Workload.Step<LSTM20>("R8"),
        Workload.Step<LSTM32>("R9"),
        Workload.Step<LSTM64>("R10"),
        Workload.Train<GRU1x20x4>("R11", samples: 32, Method.Adam),
        Workload.Train<LSTM1x20x4>("R12", samples: 32, Method.Adam),
        Workload.Train<GRU32x64x4>("R13", samples: 32, Method.Adam),
        Workload.Train<LSTM32x64x4>("R14", samples: 32, Method.Adam),
        Workload.Step<Conv4>("R15"),
        Workload.Step<Conv8>("R16"),
        Workload.Step<Conv16>("R17"),
        Workload.Step<Conv32>("R18"),
        Workload.Step<WakeWord>("R19"),
        Workload.Infer<WakeWord>("R20"),
    ];
}
