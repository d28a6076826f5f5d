using GenNet.Agents.Environments;

namespace Agents;

sealed class AcrobotScene() : Scene<Acrobot>(0.05)
{
    public override Stroke[] Draw(Acrobot acrobot)
    {
        var first = Rod(0, 0, Math.PI - acrobot.Angle1, 0.45);
        return [new(-1, 0.45, 1, 0.45), first, Rod(first.ToX, first.ToY, Math.PI - acrobot.Angle1 - acrobot.Angle2, 0.45)];
    }
}
