using System.Diagnostics;

namespace GenNet.Tests.Files;

/// <summary>Gives a reader damaged files and holds it to what it documents.</summary>
static class Fuzzing
{
    public const string Name = "damaged.safetensors";

    const int Files = 100_000;
    const long MostAllocated = 100_000;
    static readonly TimeSpan MostTime = TimeSpan.FromMilliseconds(10);

    /// <summary>Reads 100,000 damaged files. Fails unless each is read, or refused in time with its name, a fault and nothing changed.</summary>
    /// <param name="good">The file before damage.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="fingerprint">Of all that the reader may change.</param>
    public static void Run(byte[] good, Action<Stream> read, Func<ulong> fingerprint)
    {
        var mutator = new FileMutator(good, seed: 20240229);
        var (refused, faults) = (0, new HashSet<string>());
        read(new MemoryStream(good));
        var before = fingerprint();
        for (var i = 0; i < Files; i++)
        {
            var file = mutator.Next();
            if (Refusal(file, read) is not { } message)
            {
                read(new MemoryStream(good));
                continue;
            }
            refused++;
            Assert.StartsWith(Name + ": ", message, StringComparison.Ordinal);
            Assert.InRange(message.Length, Name.Length + 10, 1000);
            Assert.Equal(before, fingerprint());
            faults.Add(string.Concat(message.Where(char.IsAsciiLetterLower).Take(60)));
        }

        // The damage reaches everything: most files are refused, for many reasons, but not all are.
        Assert.InRange(refused, Files / 2, Files - 100);
        Assert.True(faults.Count > 50, $"{faults.Count} different faults");
    }

    /// <summary>The message, or null where the file was read. A try that took too long while the machine did something else is repeated.</summary>
    static string? Refusal(byte[] file, Action<Stream> read)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (start, allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            string? message = null;
            try
            {
                read(new MemoryStream(file));
            }
            catch (InvalidDataException e)
            {
                message = e.Message;
            }
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.InRange(allocated, 0, MostAllocated);
            var time = Stopwatch.GetElapsedTime(start);
            if (time <= MostTime)
                return message;
            Assert.True(attempt < 5, $"{time.TotalMilliseconds} ms for a file of {file.Length} bytes");
        }
    }
}
