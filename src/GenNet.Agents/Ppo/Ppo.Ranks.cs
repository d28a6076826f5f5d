namespace GenNet.Agents;

// Learning that several ranks share.
public sealed partial class Ppo<TEnvironment>
{
    private protected override string Name => "PPO";

    private protected override int EnvironmentCount => _rollout.Environments;

    private protected override ulong Place => new RandomStream(HashOfNetworks).Split(_seed).Split((ulong)Steps).Split((ulong)Reports.Count).Split((ulong)_epoch).Split((ulong)_firstWindow).Key;

    ulong HashOfNetworks => new RandomStream(Policy.Hash()).Split(_networks.Value.Hash()).Key;

    private protected override void ExchangeChanged()
    {
        _rollout.Divide(Ranks);
        var areDivided = Divides(Policy, BatchSize / Math.Max(1, _networks.PolicyWindow)) && Divides(_networks.Value, BatchSize / Math.Max(1, _networks.ValueWindow));
        var (policy, value, update) = (_policyTrainer, _valueTrainer, _update);
        CreateTrainers(areDivided);
        _update.CopyFrom(update);
        _policyTrainer.CopyStateFrom(policy);
        _policyTrainer.Exchange = areDivided ? Exchange : null;
        if (_valueTrainer is null)
            return;
        _valueTrainer.CopyStateFrom(value!);
        _valueTrainer.Exchange = _policyTrainer.Exchange;
    }

    private protected override void Compare()
    {
        if (Ranks is { IsCompared: false })
            Ranks.Compare(Run, _rollout.HashOfEnvironments, EnvironmentRanks.InWords(Policy) + EnvironmentRanks.InWords(_networks.Value), HashOfNetworks, Place);
    }

    private protected override void ShareEnvironments() => _rollout.ShareEnvironments(Place);
}
