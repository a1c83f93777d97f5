using System.Reflection;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

var version = typeof(AmazonSecurityTokenServiceClient).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version;
Console.WriteLine($"AWSSDK.SecurityToken/{version}");
using var client = new AmazonSecurityTokenServiceClient();
await client.GetCallerIdentityAsync(new GetCallerIdentityRequest());
