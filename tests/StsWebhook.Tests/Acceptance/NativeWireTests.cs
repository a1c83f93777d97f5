using StsWebhook.Tests.Http;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

public sealed class NativeWireTests(NativeHost host) : WireContract(host), IClassFixture<NativeHost>;
