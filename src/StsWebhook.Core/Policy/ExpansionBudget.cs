namespace StsWebhook.Core.Policy;

/// <summary>How many characters references in one object may still bring in.</summary>
internal sealed class ExpansionBudget
{
    /// <summary>Half of what Linux hands to a new process at most (execve(2): a quarter of a stack of 8 MiB).</summary>
    private int left = 1024 * 1024;

    /// <summary>Takes <paramref name="characters"/> off, if there are as many left.</summary>
    public bool TrySpend(int characters)
    {
        if (characters > left)
        {
            return false;
        }

        left -= characters;
        return true;
    }
}
