namespace GenNet.Benchmarks;

[Network]
[Sequence(64, 1)]
[GRU(8)]
[LastStep]
[Dense(1)]
sealed partial class GRU8;

[Network]
[Sequence(64, 1)]
[GRU(16)]
[LastStep]
[Dense(1)]
sealed partial class GRU16;

[Network]
[Sequence(64, 1)]
[GRU(20)]
[LastStep]
[Dense(1)]
sealed partial class GRU20;

[Network]
[Sequence(64, 1)]
[GRU(32)]
[LastStep]
[Dense(1)]
sealed partial class GRU32;

[Network]
[Sequence(64, 1)]
[GRU(64)]
[LastStep]
[Dense(1)]
sealed partial class GRU64;

[Network]
[Sequence(64, 1)]
[LSTM(8)]
[LastStep]
[Dense(1)]
sealed partial class LSTM8;

[Network]
[Sequence(64, 1)]
[LSTM(16)]
[LastStep]
[Dense(1)]
sealed partial class LSTM16;

[Network]
[Sequence(64, 1)]
[LSTM(20)]
[LastStep]
[Dense(1)]
sealed partial class LSTM20;

[Network]
[Sequence(64, 1)]
[LSTM(32)]
[LastStep]
[Dense(1)]
sealed partial class LSTM32;

[Network]
[Sequence(64, 1)]
[LSTM(64)]
[LastStep]
[Dense(1)]
sealed partial class LSTM64;

[Network]
[Sequence(64, 1)]
[GRU(20)]
[LastStep]
[Dense(4)]
sealed partial class GRU1x20x4;

[Network]
[Sequence(64, 1)]
[LSTM(20)]
[LastStep]
[Dense(4)]
sealed partial class LSTM1x20x4;

[Network]
[Sequence(64, 32)]
[GRU(64)]
[LastStep]
[Dense(4)]
sealed partial class GRU32x64x4;

[Network]
[Sequence(64, 32)]
[LSTM(64)]
[LastStep]
[Dense(4)]
sealed partial class LSTM32x64x4;
