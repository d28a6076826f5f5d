namespace Agents;

sealed class CartPoleOfPositionsScene() : Scene<CartPoleOfPositions>(0.02)
{
    readonly CartPoleScene _scene = new();

    public override Stroke[] Draw(CartPoleOfPositions environment) => _scene.Draw(environment.Cart);
}
