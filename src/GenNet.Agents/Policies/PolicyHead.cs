namespace GenNet.Agents;

/// <summary>What a policy's outputs mean: a distribution of actions, of which actions are drawn and by which they are judged. Works on blocks of rows.</summary>
/// <param name="outputs">Outputs of the network that it takes.</param>
abstract unsafe class PolicyHead(int outputs)
{
    /// <summary>Most rows of a block.</summary>
    public const int Rows = 128;

    /// <summary>Outputs of the network that it takes.</summary>
    public int Outputs => outputs;

    /// <summary>Draws actions.</summary>
    /// <param name="block">Memory of the thread's.</param>
    /// <param name="policy">[rows][stride] outputs of the network.</param>
    /// <param name="stride">Floats from a row to the next.</param>
    /// <param name="masks">[rows][actions] 1 for actions that there are, else 0; null where there are all.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="random">[rows] each row's random numbers.</param>
    /// <param name="actions">[rows][width] the actions, written.</param>
    /// <param name="logProbabilities">[rows] the logarithms of their probabilities or densities, written.</param>
    public abstract void Draw(PolicyBlock block, float* policy, int stride, float* masks, int rows, Span<RandomStream> random, float* actions, float* logProbabilities);

    /// <summary>Computes PPO's loss of a block and its derivatives by the outputs.</summary>
    /// <param name="block">The rows' actions, advantages and former probabilities.</param>
    /// <param name="policy">[rows][stride] outputs of the network.</param>
    /// <param name="gradients">[rows][stride] ∂L/∂a, written.</param>
    /// <param name="stride">Floats from a row to the next.</param>
    /// <param name="masks">[rows][actions] 1 for actions that there were, else 0; null where there are all.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="settings">What the loss is made of.</param>
    /// <param name="sums">Sums over the batch, to which the block's are added.</param>
    public abstract void Gradients(PolicyBlock block, float* policy, float* gradients, int stride, float* masks, int rows, in PolicyLoss settings, ref PolicySums sums);

    /// <summary>Forgets the gradients of parameters of its own.</summary>
    public virtual void ClearGradients() { }

    /// <summary>Changes parameters of its own by the gradients of the batch.</summary>
    /// <param name="learningRate">The step size.</param>
    /// <param name="maxGradientNorm">The largest norm of their gradients.</param>
    public virtual void Update(double learningRate, double maxGradientNorm) { }

    /// <summary>Writes the parameters of its own, and what is kept of them.</summary>
    public virtual void Save(BinaryWriter writer) { }

    /// <summary>Reads them again.</summary>
    public virtual void Load(BinaryReader reader) { }
}
