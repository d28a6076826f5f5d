using GenNet.Agents.Environments;

namespace Agents;

sealed class CartPoleScene() : Scene<CartPole>(0.02)
{
    public override Stroke[] Draw(CartPole cart)
    {
        var x = cart.Position / 2.6;
        return
        [
            new(-1, -0.6, 1, -0.6), new(x - 0.15, -0.55, x + 0.15, -0.55), new(x - 0.15, -0.4, x + 0.15, -0.4), new(x - 0.15, -0.55, x - 0.15, -0.4), new(x + 0.15, -0.55, x + 0.15, -0.4),
            Rod(x, -0.4, cart.Angle, 1),
        ];
    }
}
