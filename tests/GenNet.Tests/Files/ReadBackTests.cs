using GenNet.Tests.Training;
using GenNet.Tests.Training.Histories;

namespace GenNet.Tests.Files;

/// <summary>What a disk kept is compared with what it was given before an older checkpoint gives way to it.</summary>
public sealed class ReadBackTests : TestFolder
{
    /// <summary>What a disk may do to a file.</summary>
    public enum Loss
    {
        Bit, Byte, Page, Swap, End, HalfOfIt, All, Name, Zeros, More,
    }

    public static TheoryData<Loss> Losses => new(Enum.GetValues<Loss>());

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_store_on_a_disk_that_lies_keeps_what_it_had(Loss loss)
    {
        var disk = new LyingDisk();
        var store = new CheckpointStore(Folder, keep: 2) { Disk = disk };
        var trainer = Trained();
        store.Save(trainer);
        trainer.Step(Batch.Inputs, Batch.Labels);
        store.Save(trainer);
        trainer.Step(Batch.Inputs, Batch.Labels);
        var (files, before) = (Contents(), TrainerSnapshot.Of(trainer, false));
        var random = new RandomStream((ulong)loss);
        for (var time = 0; time < 20; time++)
        {
            disk.Damage = file => Damage(file, loss, ref random);
            var message = Assert.ThrowsAny<IOException>(() => store.Save(trainer)).Message;
            if (loss != Loss.Name)
                Assert.Contains("checkpoint-000003.safetensors: what was written cannot be read back, so it is not kept.", message, StringComparison.Ordinal);
            Assert.Equal(files, Contents());
            Assert.Equal(before, TrainerSnapshot.Of(trainer, false));
        }

        // Once the disk is honest again, the oldest gives way.
        disk.Damage = _ => { };
        store.Save(trainer);
        Assert.Equal([2, 3], Directory.GetFiles(Folder).Select(path => (int)char.GetNumericValue(System.IO.Path.GetFileNameWithoutExtension(path)[^1])).Order());
        Assert.Equal(files[1], Contents()[0]);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_checkpoint_on_a_disk_that_lies_leaves_the_old_one_alone(Loss loss)
    {
        var trainer = Trained();
        Checkpoint.Save(Path("run"), trainer);
        var files = Contents();
        trainer.Step(Batch.Inputs, Batch.Labels);
        var random = new RandomStream((ulong)loss);
        var disk = new LyingDisk { Damage = file => Damage(file, loss, ref random) };
        for (var time = 0; time < 20; time++)
            Assert.ThrowsAny<IOException>(() => Checkpoint.Save(Path("run"), trainer, null, disk));
        Assert.Equal(files, Contents());
    }

    static (float[] Inputs, int[] Labels) Batch { get; } = (FitSamples.Create(8, 1).Inputs.ToArray(), FitSamples.Create(8, 1).Labels.ToArray());

    static Trainer Trained()
    {
        var trainer = new Classifier(1).CreateTrainer(new Adam(0.01), 8);
        trainer.Step(Batch.Inputs, Batch.Labels);
        return trainer;
    }

    /// <summary>Names and bytes of all files.</summary>
    string[] Contents() => [.. Directory.GetFiles(Folder).Order().Select(path => $"{System.IO.Path.GetFileName(path)} {Convert.ToHexString(System.IO.File.ReadAllBytes(path))}")];

    static void Damage(FileStream file, Loss loss, ref RandomStream random)
    {
        var length = (int)file.Length;
        var place = random.NextInt32(length);
        switch (loss)
        {
            case Loss.Bit:
                Change(file, place, 1, value => (byte)(value ^ 1 << place % 8));
                break;
            case Loss.Byte:
                Change(file, place, 1, value => (byte)~value);
                break;
            case Loss.Page:
                Change(file, place / 512 * 512, 512, value => (byte)(value + 1));
                break;
            case Loss.Swap:
                // The weights of a file are many different numbers: two neighbours exchanged are other bytes.
                var two = new byte[8];
                file.Position = length - 1000;
                file.ReadExactly(two);
                file.Position = length - 1000;
                file.Write([.. two[4..], .. two[..4]]);
                break;
            case Loss.End:
                file.SetLength(length - 1 - random.NextInt32(8));
                break;
            case Loss.HalfOfIt:
                file.SetLength(length / 2);
                break;
            case Loss.All:
                file.SetLength(0);
                break;
            case Loss.Name:
                System.IO.File.Delete(file.Name);
                break;
            case Loss.Zeros:
                file.SetLength(place);
                file.SetLength(length);
                break;
            case Loss.More:
                file.SetLength(length + 1 + random.NextInt32(8));
                break;
        }
        file.Flush();
    }

    static void Change(FileStream file, int first, int count, Func<byte, byte> change)
    {
        var bytes = new byte[Math.Min(count, file.Length - first)];
        file.Position = first;
        file.ReadExactly(bytes);
        file.Position = first;
        file.Write([.. bytes.Select(change)]);
    }
}
