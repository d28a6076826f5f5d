using System.ComponentModel;

namespace GenNet.Runtime;

/// <summary>A pool.</summary>
/// <param name="Window">How its windows lie on the image.</param>
/// <param name="Channels">Numbers of a pixel.</param>
/// <param name="CountsPadding">Whether zeros around the image count in a mean.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct PoolShape(ImageWindow Window, int Channels, bool CountsPadding = false);
