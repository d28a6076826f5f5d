using GenNet.Agents.Environments;

namespace Agents;

sealed class PendulumScene() : Scene<Pendulum>(0.05)
{
    public override Stroke[] Draw(Pendulum pendulum) => [new(-0.05, 0, 0.05, 0), new(0, -0.05, 0, 0.05), Rod(0, 0, -pendulum.Angle, 0.85)];
}
