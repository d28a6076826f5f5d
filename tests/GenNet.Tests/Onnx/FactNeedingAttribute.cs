using GenNet.Interop;

namespace GenNet.Tests.Onnx;

/// <summary>A test that is skipped, with the reason, where another program that it needs is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactNeedingAttribute : FactAttribute
{
    public FactNeedingAttribute(params string[] peers)
    {
        var missing = peers.Select(name => ((Peer)typeof(Peer).GetProperty(name)!.GetValue(null)!).Missing).FirstOrDefault(reason => reason is not null);
        if (missing is not null)
            Skip = missing;
    }
}
