using System.Linq;

namespace Webhooks.Sdk.Simulation.Checking;

/// <content>What is stored of endpoints.</content>
internal sealed partial class Ledger
{
    /// <summary>Notes that an endpoint was added or replaced.</summary>
    public void Put(StoredEndpoint stored, WebhookEndpoint settings)
    {
        _changes++;

        if (!_endpoints.TryGetValue(stored.Id, out EndpointEntry? endpoint))
        {
            _endpoints.Add(stored.Id, endpoint = new EndpointEntry(stored.Id, earlier: null));
        }

        WebhookEndpointState state = endpoint.IsThere ? endpoint.Current.State : WebhookEndpointState.Active;
        bool isNew = !endpoint.IsThere || endpoint.Owner != stored.Owner || !endpoint.EventTypes.SequenceEqual(stored.EventTypes);
        endpoint.Change(new EndpointVersion(agenda.Now, settings, state), _changes);
        (endpoint.Owner, endpoint.EventTypes) = (stored.Owner, stored.EventTypes);

        if (isNew && state != WebhookEndpointState.Disabled)
        {
            endpoint.SubscribedAt = _changes;
        }
    }

    public void SetState(string id, WebhookEndpointState state, WebhookEndpointStateCause cause)
    {
        _changes++;
        EndpointEntry endpoint = _endpoints[id];
        WebhookEndpointState before = endpoint.Current.State;
        endpoint.Change(endpoint.Current with { Since = agenda.Now, State = state }, _changes);
        endpoint.SubscribedAt = state == WebhookEndpointState.Disabled ? null : before == WebhookEndpointState.Disabled ? _changes : endpoint.SubscribedAt;

        if (state == WebhookEndpointState.Disabled && cause == WebhookEndpointStateCause.Gone && !endpoint.SaidGone)
        {
            throw new Violation("Only who asks for it is disabled", id);
        }

        if (cause == WebhookEndpointStateCause.Unreadable)
        {
            throw new Violation("What is stored can be read", id);
        }
    }

    public void Remove(string id)
    {
        _changes++;
        EndpointEntry endpoint = _endpoints[id];
        endpoint.Change(new EndpointVersion(agenda.Now, Settings: null, WebhookEndpointState.Active), _changes);
        endpoint.SubscribedAt = null;

        // The next endpoint under the id is another one, and may have the same events.
        _endpoints[id] = new EndpointEntry(id, endpoint);

        foreach (DeliveryEntry delivery in _deliveries.Values.Where(delivery => delivery.Endpoint == endpoint))
        {
            Remove(delivery);
        }
    }
}
