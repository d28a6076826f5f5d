namespace GenNet.Benchmarks;

[Network(16, 16, 16)]
sealed partial class Wide16;

[Network(64, 64, 64)]
sealed partial class Wide64;

[Network(256, 256, 256)]
sealed partial class Wide256;

[Network(512, 512, 512)]
sealed partial class Wide512;

[Network(1024, 1024, 1024)]
sealed partial class Wide1024;

[Network(2048, 2048, 2048)]
sealed partial class Wide2048;

[Network(4096, 4096, 4096)]
sealed partial class Wide4096;

[Network(32, 32)]
sealed partial class Deep1;

[Network(32, 32, 32, 32)]
sealed partial class Deep3;

[Network(32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32)]
sealed partial class Deep10;

[Network(32,
    32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32)]
sealed partial class Deep30;

[Network(32,
    32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
    32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32)]
sealed partial class Deep100;

[Network(10, 16, 100_000)]
sealed partial class ManyOutputs;

[Network(100_000, 16, 10)]
sealed partial class ManyInputs;
