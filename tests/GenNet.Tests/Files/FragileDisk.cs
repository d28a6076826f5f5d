extern alias library;
using System.Text;

namespace GenNet.Tests.Files;

using Disk = library::GenNet.Disk;

/// <summary>
/// A disk that keeps content only where it was flushed, and names only where their folder was:
/// what was not may or may not be there after a loss of power.
/// </summary>
sealed class FragileDisk : Disk
{
    // Names point to files; a change of names that was not flushed may survive or not.
    readonly Dictionary<string, FragileFile> _names;
    Dictionary<string, FragileFile> _flushedNames;

    public FragileDisk(string path, string content)
    {
        var file = new FragileFile(this);
        var bytes = Encoding.UTF8.GetBytes(content);
        file.Write(bytes, 0, bytes.Length);
        file.Flushed = true;
        _flushedNames = new() { [path] = file };
        _names = new(_flushedNames);
    }

    /// <summary>Called before every operation: a moment at which the power may fail.</summary>
    public Action Moment { get; set; } = () => { };

    public IEnumerable<string> Names => _names.Keys;

    /// <summary>What a file may hold after a loss of power now: "" where it was not flushed, "missing" where its name is gone.</summary>
    public IEnumerable<string> AfterPowerLoss(string path) => new[] { _names, _flushedNames }
        .Select(names => names.TryGetValue(path, out var file) ? file.AfterPowerLoss : "missing");

    public override Stream Create(string path)
    {
        Moment();
        return _names[path] = new FragileFile(this);
    }

    public override void Flush(Stream file)
    {
        Moment();
        ((FragileFile)file).Flushed = true;
    }

    public override void Move(string from, string to)
    {
        Moment();
        _names[to] = _names[from];
        _names.Remove(from);
    }

    public override void Delete(string path) => _names.Remove(path);

    public override bool FlushFolder(string folder)
    {
        Moment();
        _flushedNames = new(_names);
        return true;
    }

    sealed class FragileFile(FragileDisk disk) : MemoryStream
    {
        public bool Flushed { get; set; }

        public string AfterPowerLoss => Flushed ? Encoding.UTF8.GetString(ToArray()) : "";

        /// <summary>Spans come here too.</summary>
        public override void Write(byte[] buffer, int offset, int count)
        {
            disk.Moment();
            Flushed = false;
            base.Write(buffer, offset, count);
        }
    }
}
