extern alias library;

namespace GenNet.Tests.Files;

using AtomicFile = library::GenNet.AtomicFile;
using Disk = library::GenNet.Disk;

/// <summary>A file is replaced on a simulated disk, and the power fails before and after each of its operations.</summary>
public sealed class PowerLossTests
{
    const string Target = "/models/policy.safetensors";

    [Fact]
    public void A_loss_of_power_leaves_the_old_file_or_the_new_one()
    {
        var disk = new FragileDisk(Target, "old");
        disk.Moment = () => Assert.All(disk.AfterPowerLoss(Target), content => Assert.Contains(content, new[] { "old", "the new one" }));
        AtomicFile.Write(Target, Write, disk);

        // A file that was saved stays saved.
        Assert.Equal(["the new one"], disk.AfterPowerLoss(Target).Distinct());
        Assert.Equal([Target], disk.Names);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void An_operation_that_fails_leaves_the_old_file_alone(int operation)
    {
        var disk = new FragileDisk(Target, "old");
        var count = 0;
        disk.Moment = () =>
        {
            if (++count == operation)
                throw new IOException("The disk is full.");
        };
        Assert.Throws<IOException>(() => AtomicFile.Write(Target, Write, disk));
        Assert.Equal(["old"], disk.AfterPowerLoss(Target).Distinct());
        Assert.Equal([Target], disk.Names);
    }

    [Fact]
    public void What_does_not_pass_its_check_takes_nobodys_place()
    {
        var disk = new FragileDisk(Target, "old");
        var checkedPath = "";
        void Check(string path)
        {
            checkedPath = path;
            throw new IOException("It cannot be read back.");
        }
        Assert.Throws<IOException>(() => AtomicFile.Write(Target, Write, disk, Check));
        Assert.NotEqual("", checkedPath);
        Assert.NotEqual(Target, checkedPath);
        Assert.Equal(["old"], disk.AfterPowerLoss(Target).Distinct());
        Assert.Equal([Target], disk.Names);
    }

    [Fact]
    public void A_real_folder_is_flushed_where_the_system_can()
    {
        var disk = new Disk();
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Assert.Equal(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), disk.FlushFolder(folder.FullName));
        }
        finally
        {
            folder.Delete();
        }
        Assert.False(disk.FlushFolder(folder.FullName));
    }

    static void Write(Stream stream)
    {
        stream.Write("the "u8);
        stream.Write("new one"u8);
    }
}
