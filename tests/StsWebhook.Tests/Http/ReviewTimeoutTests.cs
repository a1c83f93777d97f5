using StsWebhook.Http;
using Xunit;

namespace StsWebhook.Tests.Http;

public sealed class ReviewTimeoutTests
{
    [Theory]
    [InlineData("?timeout=1s", 1)]
    [InlineData("?timeout=3s", 3)]
    [InlineData("?timeout=30s", 30)]
    public void Of_WhatTheApiServerAppends_IsThat(string query, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), ReviewTimeout.Parse(query));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("?timeout=")]
    [InlineData("?timeout=s")]
    [InlineData("?timeout=0s")]
    [InlineData("?timeout=31s")]
    [InlineData("?timeout=-1s")]
    [InlineData("?timeout=99999999999s")]
    [InlineData("?timeout=10")]
    [InlineData("?timeout=1m")]
    [InlineData("?timeout=3s&x=1")]
    [InlineData("?x=3s")]
    public void Of_AnythingElse_IsTheDefaultOfTheApi(string? query) => Assert.Equal(TimeSpan.FromSeconds(10), ReviewTimeout.Parse(query));
}
