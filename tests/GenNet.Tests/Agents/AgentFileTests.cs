using GenNet.Agents;

namespace GenNet.Tests.Agents;

/// <summary>A checkpoint that fails while it is read leaves a run as it was, its arrays too.</summary>
public sealed class AgentFileTests : IDisposable
{
    readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void What_fails_behind_an_array_takes_that_back()
    {
        var (array, number, fails) = (new float[] { 1, 2, 3 }, 4, false);
        var run = new AgentRun("a test", [], writer => writer.Write(number), reader => number = reader.ReadInt32(), () =>
        {
            var arrays = new RunArrays();
            arrays.Add(array);
            arrays.Then(() =>
            {
                if (fails)
                {
                    fails = false;
                    throw new InvalidDataException("It is not what it should be.");
                }
            });
            return arrays;
        });
        var trainer = new CartPolicy(1).CreateTrainer(new Adam(), 4);
        AgentFile.Save(_file, trainer, value: null, run);
        (array[0], array[2], number, fails) = (7, 8, 9, true);
        var exception = Assert.Throws<InvalidDataException>(() => AgentFile.Load(_file, AgentFile.Copy(trainer), value: null, run));
        Assert.Equal($"{_file}: It is not what it should be.", exception.Message);
        Assert.Equal([7, 2, 8], array);
        Assert.Equal(9, number);
        AgentFile.Load(_file, AgentFile.Copy(trainer), value: null, run);
        Assert.Equal([1, 2, 3], array);
        Assert.Equal(4, number);
    }
}
