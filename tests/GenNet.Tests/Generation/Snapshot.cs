using System.Runtime.CompilerServices;
using Xunit.Sdk;

namespace GenNet.Tests.Generation;

/// <summary>
/// Compares emitted code with the file <c>Type.Method#HintName.verified.cs</c> beside the test. On a difference the new text is
/// written to <c>*.received.cs</c>: rename it to accept. (The conventions are Verify's.)
/// </summary>
static class Snapshot
{
    public static void Verify(string hintName, string text, [CallerFilePath] string testFile = "", [CallerMemberName] string method = "")
    {
        var name = $"{Path.GetFileNameWithoutExtension(testFile)}.{method}#{Path.GetFileNameWithoutExtension(hintName)}";
        var verified = Path.Combine(Path.GetDirectoryName(testFile)!, "Snapshots", name + ".verified.cs");
        var received = Path.ChangeExtension(Path.ChangeExtension(verified, null), ".received.cs");
        var expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (expected == text)
        {
            File.Delete(received);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        File.WriteAllText(received, text);
        throw new XunitException($"{(expected is null ? "No verified text" : "The emitted text differs from the verified one")}. Received: {received}. If it is right, rename it to {Path.GetFileName(verified)}.");
    }
}
