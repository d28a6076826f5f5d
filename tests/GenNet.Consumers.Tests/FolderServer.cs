using System.Net;
using System.Net.Sockets;

namespace GenNet.Consumers.Tests;

/// <summary>Serves the files of a folder to browsers on this machine, and takes what a page sends.</summary>
sealed class FolderServer : IDisposable
{
    readonly Dictionary<string, string> _files;
    readonly HttpListener _listener = new();
    readonly TaskCompletionSource<string> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task _serving;

    public FolderServer(string folder)
    {
        _files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => $"/{Path.GetRelativePath(folder, file).Replace('\\', '/')}");
        Address = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = Task.Run(Serve);
    }

    /// <summary>The address of the folder.</summary>
    public string Address { get; }

    /// <summary>What a page has sent.</summary>
    public Task<string> Sent => _sent.Task;

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait();
    }

    void Serve()
    {
        while (true)
        {
            HttpListenerContext request;
            try
            {
                request = _listener.GetContext();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            if (request.Request.HttpMethod == "POST")
            {
                using var reader = new StreamReader(request.Request.InputStream);
                _sent.TrySetResult(reader.ReadToEnd());
            }
            Answer(request.Response, _files.GetValueOrDefault(request.Request.Url!.AbsolutePath));
        }
    }

    static void Answer(HttpListenerResponse response, string? file)
    {
        using (response)
            if (file is null)
                response.StatusCode = 404;
            else
            {
                // Browsers take modules and WebAssembly of these types only.
                response.ContentType = Path.GetExtension(file) switch
                {
                    ".html" => "text/html",
                    ".js" or ".mjs" => "text/javascript",
                    ".wasm" => "application/wasm",
                    _ => "application/octet-stream",
                };
                response.OutputStream.Write(File.ReadAllBytes(file));
            }
    }

    static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
