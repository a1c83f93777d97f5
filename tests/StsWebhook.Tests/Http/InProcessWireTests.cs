using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Http;

public sealed class InProcessWireTests(InProcessHost host) : WireContract(host), IClassFixture<InProcessHost>;
