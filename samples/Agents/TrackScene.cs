using GenNet.Agents.Environments;

namespace Agents;

sealed class TrackScene() : Scene<Track>(0.03)
{
    const double Scale = 0.62;

    static readonly Stroke[] Edges = [.. new[] { -1, 1 }.SelectMany(side => Enumerable.Range(0, 100).Select(i => Between(Track.Edge(2 * i, side), Track.Edge(2 * i + 2, side))))];

    public override Stroke[] Draw(Track car) =>
        [.. Edges, Between((car.X - 0.05 * car.Heading.X, car.Y - 0.05 * car.Heading.Y), (car.X + 0.05 * car.Heading.X, car.Y + 0.05 * car.Heading.Y))];

    static Stroke Between((double X, double Y) from, (double X, double Y) to) => new(Scale * from.X, Scale * from.Y, Scale * to.X, Scale * to.Y);
}
