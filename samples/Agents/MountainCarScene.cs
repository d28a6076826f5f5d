using GenNet.Agents.Environments;

namespace Agents;

sealed class MountainCarScene() : Scene<MountainCarContinuous>(0.03)
{
    static readonly Stroke[] Hills = [.. Enumerable.Range(0, 24).Select(i => Between(-1.2 + 0.075 * i, -1.2 + 0.075 * (i + 1)))];

    public override Stroke[] Draw(MountainCarContinuous car)
    {
        var (x, y) = Point(car.Position);
        var (goalX, goalY) = Point(0.45);
        return [.. Hills, new(x - 0.06, y + 0.06, x + 0.06, y + 0.06), new(x - 0.06, y + 0.12, x + 0.06, y + 0.12), new(x - 0.06, y + 0.06, x - 0.06, y + 0.12), new(x + 0.06, y + 0.06, x + 0.06, y + 0.12), new(goalX, goalY, goalX, goalY + 0.3)];
    }

    static Stroke Between(double from, double to)
    {
        var ((fromX, fromY), (toX, toY)) = (Point(from), Point(to));
        return new(fromX, fromY, toX, toY);
    }

    static (double X, double Y) Point(double position) => ((position + 0.3) / 0.95, 0.6 * Math.Sin(3 * position) - 0.1);
}
