namespace GenNet;

/// <summary>What is computed of some rows.</summary>
[Flags]
enum Passes
{
    Forward = 1,
    Backward = 2,
    Both = Forward | Backward,
}
