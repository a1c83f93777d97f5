using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Policy;

/// <summary>What each rule objects to, by the kind of text and the key that the text stands under.</summary>
public class RuleCasesTests
{
    private const string None = "";
    private const string Endpoint = "global-endpoint";
    private const string Legacy = "legacy-mode";
    private const string Region = "global-region";
    private const string Invalid = "invalid-mode";
    private const string Ambiguous = "ambiguous-host";
    private const string Undone = "injection-undone";
    private const string Cross = "cross-region";

    /// <summary>The host alone: the variable's name decides.</summary>
    public static readonly TheoryData<string, string, string> BareHosts = new()
    {
        { "STS_ENDPOINT", "sts.amazonaws.com", Endpoint },
        { "stsEndpoint", "sts.amazonaws.com", Endpoint },
        { "STS_SERVER_ADDR", "sts.amazonaws.com:443", Endpoint },
        { "TOKEN_SERVICE_URL", "sts.amazonaws.com", Endpoint },
        { "STS", "sts.amazonaws.com", Ambiguous },
        { "FLUENT_BIT", "[OUTPUT]\n    Name s3\n    sts_endpoint sts.amazonaws.com\n", Endpoint },
        { "FLUENT_BIT", "[OUTPUT]\n    Name s3\n    sts_audience sts.amazonaws.com\n", None },
        { "YAML", "aws:\n  audiences:\n\n    - sts.amazonaws.com\n", None },
        { "YAML", "aws:\n  endpoint:\n\n    sts.amazonaws.com\n", Endpoint },
        { "NOTE", "the server sts.amazonaws.com is in us-east-1", Ambiguous },
        { "NOTE", "see STS_ENDPOINT and sts.amazonaws.com", Ambiguous },
        { "AUDIENCE", "sts.amazonaws.com", None },
        { "OIDC_CLIENT_ID", "sts.amazonaws.com", None },
        { "OIDC_CLIENT_IDS", "sts.amazonaws.com", None },
        { "CLIENT_ID_LIST", "sts.amazonaws.com", None },
        { "clientID", "sts.amazonaws.com", None },
        { "ALLOWED_AUDIENCES", "sts.amazonaws.com", None },
        { "TRUSTED_SERVICE_PRINCIPALS", "sts.amazonaws.com", None },
        { "EVENT_SOURCE", "sts.amazonaws.com", None },
        { "eventSource", "sts.amazonaws.com", None },
        { "VPC_ENDPOINT_SERVICE", "sts.amazonaws.com", None },
        { "EGRESS_HOSTS", "s3.amazonaws.com sts.amazonaws.com", Ambiguous },
        { "TOKEN_AUDIENCES", "https://kubernetes.default.svc,sts.amazonaws.com", None },
        { "TOKEN_AUDIENCES", "api sts.amazonaws.com", None },
        { "NOTE", "the server a: sts.amazonaws.com is in us-east-1", Ambiguous },
        { "clientIDs", "sts.amazonaws.com", None },
        { "clientIDset", "sts.amazonaws.com", Ambiguous },
        { "FLUENT_BIT", "[OUTPUT]\n    the.sts!endpoint sts.amazonaws.com\n", Ambiguous },
    };

    /// <summary>Proxy exceptions, with ports and other hosts around.</summary>
    public static readonly TheoryData<string, string, string> ProxyExceptions = new()
    {
        { "NO_PROXY", "localhost,127.0.0.1,.svc,sts.amazonaws.com", None },
        { "NO_PROXY", "localhost:8080,sts.amazonaws.com", None },
        { "no_proxy", "10.0.0.0/8,sts.amazonaws.com:443", None },
        { "JAVA_TOOL_OPTIONS", "-Dhttp.nonProxyHosts=localhost|sts.amazonaws.com -Xmx1g", None },
        { "JAVA_TOOL_OPTIONS", "-Xmx1g -Dhttp.nonProxyHosts=\"localhost|sts.amazonaws.com\"", None },
    };

    /// <summary>URLs: whatever the name says, somebody dials them.</summary>
    public static readonly TheoryData<string, string, string> Urls = new()
    {
        { "FOO", "https://sts.amazonaws.com", Endpoint },
        { "AUDIENCE", "https://sts.amazonaws.com", Endpoint },
        { "FOO", "https://sts.amazonaws.com:443/", Endpoint },
        { "FOO", "https://sts.amazonaws.com./?Action=GetCallerIdentity", Endpoint },
        { "FOO", "https://user:secret@sts.amazonaws.com/", Endpoint },
        { "FOO", "//sts.amazonaws.com", Endpoint },
        { "FOO", "see https://sts.amazonaws.com.", Endpoint },
        { "FOO", "https://proxy.example.com/?url=https%3A%2F%2Fsts.amazonaws.com%2F", Endpoint },
        { "FOO", "https://idp.example.com/token?audience=sts.amazonaws.com", None },
        { "FOO", "https://idp.example.com/token?scope=x&audience=sts.amazonaws.com&y=1", None },
        { "FOO", "https://idp.example.com/token?host=sts.amazonaws.com", Endpoint },
    };

    /// <summary>Writing it differently does not help.</summary>
    public static readonly TheoryData<string, string, string> OtherWritings = new()
    {
        { "FOO", "https://STS.AMAZONAWS.COM", Endpoint },
        { "FOO", "https://sts%2Eamazonaws%2ecom", Endpoint },
        { "FOO", "https://%73ts.amazonaws.com", Endpoint },
        { "FOO", "https://\uFF53\uFF54\uFF53.amazonaws.com", Endpoint },
        { "FOO", "https://\uFF33\uFF34\uFF33\uFF0Eamazonaws\uFF0Ecom", Endpoint },
        { "FOO", "https://s\uFB06.amazonaws.com", None },
        { "FOO", "https://\uFB06s.amazonaws.com", Endpoint },
        { "FOO", "https://st\u017F.amazonaws.com", Endpoint },
        { "FOO", "https://sts\u3002amazonaws\uFF61com", Endpoint },
        { "FOO", "https://s\u00ADts.amazon\u200Baws.com", Endpoint },
        { "FOO", "https\uFF1A//\uD835\uDC2C\uD835\uDC2D\uD835\uDC2C.amazonaws.com", Endpoint },
        { "STS_HOST", "\u24E2\u24E3\u24E2.amazonaws.com", Endpoint },
    };

    /// <summary>Other hosts.</summary>
    public static readonly TheoryData<string, string, string> OtherHosts = new()
    {
        { "X_ENDPOINT", "https://\u0455ts.amazonaws.com", None },
        { "X_ENDPOINT", "https://sts.amazonaws.com.example.com", None },
        { "X_ENDPOINT", "https://sts.amazonaws.community", None },
        { "X_ENDPOINT", "https://sts.amazonaws.com-proxy.example.com", None },
        { "X_ENDPOINT", "https://sts.amazonaws.com_x", None },
        { "X_ENDPOINT", "https://my-sts.amazonaws.com", None },
        { "X_ENDPOINT", "https://my_sts.amazonaws.com", None },
        { "X_ENDPOINT", "https://eu.sts.amazonaws.com", None },
        { "X_ENDPOINT", "https://sts.amazonaws.com@proxy.example.com/", None },
        { "X_ENDPOINT", "https://sts.amazonaws.com:secret@proxy.example.com/", None },
        { "X_ENDPOINT", "https://sts.amazonaws.com.cn", None },
        { "X_ENDPOINT", "https://sts.us-east-1.amazonaws.com", None },
        { "X_ENDPOINT", "https://sts-fips.us-east-1.amazonaws.com", None },
        { "X_ENDPOINT", "https://${PREFIX}sts.amazonaws.com", None },
        { "X_ENDPOINT", "https://sts.amazonaws.com$SUFFIX", None },
        { "X_ENDPOINT", "https://sts.$(AWS_REGION).amazonaws.com", None },
        { "X_ENDPOINT", "https://mirror.example.com/sts.amazonaws.com/v1", None },
        { "CA_FILE", "/etc/ssl/certs/sts.amazonaws.com", None },
        { "IMAGE", "registry.example.com/mirror/sts.amazonaws.com/proxy:1", None },
        { "PROVIDER", "arn:aws:iam::111122223333:oidc-provider/sts.amazonaws.com", None },
    };

    /// <summary>The names under which a region serves the global endpoint, wherever they stand.</summary>
    public static readonly TheoryData<string, string, string> LocalHosts = new()
    {
        { "STS_ENDPOINT", "sts-global.us-east-2.amazonaws.com", Ambiguous },
        { "FOO", "https://STS-Global.EU-West-1.amazonaws.com/", Ambiguous },
        { "AUDIENCE", "a,sts-global.us-east-2.amazonaws.com:443", Ambiguous },
        { "APP_JSON", """{"sts":["x","https://sts-global.us-east-2.amazonaws.com"]}""", Ambiguous },
        { "FOO", "sts-global.sts-global.us-east-2.amazonaws.com", None },
        { "FOO", "my-sts-global.us-east-2.amazonaws.com", None },
        { "FOO", "x.sts-global.us-east-2.amazonaws.com", None },
        { "FOO", "sts-global.us-east-2.amazonaws.com.example.com", None },
        { "FOO", "sts-global.nowhere.amazonaws.com", None },
        { "FOO", "sts-global.us-east-2.example.com", None },
        { "FOO", "sts-global.", None },
        { "FOO", "sts-global.us-east-2.api.aws", None },
    };

    /// <summary>The mode, in every text that sets it.</summary>
    public static readonly TheoryData<string, string, string> Modes = new()
    {
        { "AWS_STS_REGIONAL_ENDPOINTS", "legacy", Legacy },
        { "AWS_STS_REGIONAL_ENDPOINTS", " Legacy\n", Legacy },
        { "AWS_STS_REGIONAL_ENDPOINTS", "global", Invalid },
        { "AWS_STS_REGIONAL_ENDPOINTS", "REGIONAL", Invalid },
        { "AWS_STS_REGIONAL_ENDPOINTS", "legacy mode", Invalid },
        { "AWS_STS_REGIONAL_ENDPOINTS", "", Invalid },
        { "AWS_STS_REGIONAL_ENDPOINTS", "$(MODE)", None },
        { "OTHER_MODE", "legacy", None },
    };

    /// <summary>INI.</summary>
    public static readonly TheoryData<string, string, string> Ini = new()
    {
        { "AWS_CONFIG", "[profile a]\nsts_regional_endpoints=legacy\n", Legacy },
        { "AWS_CONFIG", "[profile a]\r\nsts_regional_endpoints\t=\tLEGACY\r\n", Legacy },
        { "AWS_CONFIG", "[default]\nsts_regional_endpoints = legacy ; until March", Legacy },
        { "AWS_CONFIG", "[default]\nsts_regional_endpoints = regional # legacy is out", None },
        { "AWS_CONFIG", "[default]\nregion = aws-global\n", Region },
        { "AWS_CONFIG", "[default]\nregion=aws-global\nsts_regional_endpoints=legacy", Region + "," + Legacy },
        { "AWS_CONFIG", "[services s]\nsts =\n  endpoint_url = https://sts.amazonaws.com", Endpoint },
        { "AWS_CONFIG", "[default]\nsts_regional_endpoints = maybe", Invalid },
        { "AWS_CONFIG", "[default]\nsts_regional_endpoints = regional\nregion = us-east-2", None },
        { "AWS_CONFIG", "[default]\n# sts_regional_endpoints as legacy calls sts.amazonaws.com", Ambiguous },
        { "AWS_CONFIG", "[default]\ndefault_region = aws-global\n", Region },
        { "AWS_CONFIG", "a\\\nsts_regional_endpoints = legacy", Legacy },
    };

    /// <summary>Java properties.</summary>
    public static readonly TheoryData<string, string, string> Properties = new()
    {
        { "APP_PROPERTIES", "aws.sts.endpoint=sts.amazonaws.com\naws.region=us-east-2", Endpoint },
        { "APP_PROPERTIES", "oidc.audience=sts.amazonaws.com\noidc.issuer=https://example.com", None },
        { "APP_PROPERTIES", "aws.region=aws-global\nx=1", Region },
    };

    /// <summary>YAML.</summary>
    public static readonly TheoryData<string, string, string> Yaml = new()
    {
        { "APP_YAML", "sts:\n  endpoint: sts.amazonaws.com\n", Endpoint },
        { "APP_YAML", "sts:\n  endpoint: \"sts.amazonaws.com\" # for now\n", Endpoint },
        { "APP_YAML", "endpoints:\n  s3:\n    - s3.amazonaws.com\n  sts: sts.amazonaws.com\n", Endpoint },
        { "APP_YAML", "audiences:\n- sts.amazonaws.com\n", None },
        { "APP_YAML", "audiences: # who may read the token\n  - sts.amazonaws.com\n", None },
        { "APP_YAML", "audiences:\n  - kubernetes\n  - sts.amazonaws.com\nendpoint: sts.us-east-2.amazonaws.com\n", None },
        { "APP_YAML", "audience: [kubernetes, sts.amazonaws.com]\n", None },
        { "APP_YAML", "hosts:\n- name: sts\n  host: sts.amazonaws.com\n", Endpoint },
        { "APP_YAML", "endpoint: >-\n  sts.amazonaws.com\n", Endpoint },
        { "APP_YAML", "config: |\n  [default]\n  sts_regional_endpoints = legacy\n", Legacy },
        { "APP_YAML", "env:\n  AWS_STS_REGIONAL_ENDPOINTS: legacy # old\n", Legacy },
        { "APP_YAML", "env:\n  AWS_STS_REGIONAL_ENDPOINTS: 'regional'\n  AWS_REGION: us-east-2\n", None },
        { "APP_YAML", "aws:\n  region: aws-global\n", Region },
        { "APP_YAML", "principal:\n  service: sts.amazonaws.com\n", None },
        { "APP_YAML", "endpoint: &sts sts.amazonaws.com\n", Endpoint },
        { "APP_YAML", "name: audience\nx:\n  value: sts.amazonaws.com\n", Ambiguous },
        { "APP_YAML", "args:\n- --audience=x\n- sts.amazonaws.com\n", Ambiguous },
    };

    /// <summary>JSON.</summary>
    public static readonly TheoryData<string, string, string> Json = new()
    {
        { "APP_JSON", """{"sts":{"url":"sts.amazonaws.com"}}""", Endpoint },
        { "APP_JSON", """{"endpoints":{"sts":"sts.amazonaws.com"}}""", Endpoint },
        { "APP_JSON", """{"endpoints":["s3.amazonaws.com","sts.amazonaws.com"]}""", Endpoint },
        { "APP_JSON", """{"note":"sts.amazonaws.com"}""", Ambiguous },
        { "APP_JSON", """{"clientIdList":["sts.amazonaws.com"]}""", None },
        { "APP_JSON", """{"Condition":{"StringEquals":{"oidc.eks.us-east-2.amazonaws.com/id/A1:aud":"sts.amazonaws.com"}}}""", None },
        { "APP_JSON", """{"sts_regional_endpoints":"legacy"}""", Legacy },
        { "APP_JSON", """{"sts":{"stsRegionalEndpoints":"Legacy"}}""", Legacy },
        { "APP_JSON", """{"aws":{"region":"aws-global"}}""", Region },
        { "APP_JSON", """{"stsRegionalEndpoints":"regional","region":"us-east-2"}""", None },
        { "APP_JSON", "{\"endpoint\":\"sts\\u002eamazonaws.com\"}", Endpoint },
        { "APP_JSON", "{\"half\":\"\\ud800\",\"endpoint\":\"sts.amazonaws.com\"}", Endpoint },
        { "APP_JSON", """{"principal":{"sts":"sts.amazonaws.com"},"note":"%22"}""", None },
        { "APP_JSON", """{"config":"[default]\nsts_regional_endpoints = legacy\n"}""", Legacy },
        { "APP_JSON", """[{"broken": "sts.amazonaws.com", }""", Ambiguous },
        { "APP_JSON", """{"https://sts.amazonaws.com":1}""", Endpoint },
        { "APP_JSON", "[\"\\n\", {\"sts_regional_endpoints\":\"legacy\"}]", Legacy },
    };

    /// <summary>Settings whose name and value are two members, two elements, or two items.</summary>
    public static readonly TheoryData<string, string, string> Pairs = new()
    {
        { "APP_JSON", """{"env":[{"name":"AWS_STS_REGIONAL_ENDPOINTS","value":"legacy"}]}""", Legacy },
        { "APP_JSON", """{"env":[{"value":"aws-global","name":"AWS_REGION"}]}""", Region },
        { "APP_JSON", """{"Tags":[{"Key":"audience","Value":"sts.amazonaws.com"}]}""", None },
        { "APP_JSON", """{"rules":[{"key":"aud","values":["sts.amazonaws.com"]}]}""", None },
        { "APP_JSON", """{"name":"AWS_REGION","description":"aws-global"}""", None },
        { "APP_JSON", """{"name":{"value":"AWS_REGION"},"value":"aws-global"}""", None },
        { "APP_JSON", """{"args":["--sts-endpoint","sts.amazonaws.com"]}""", Endpoint },
        { "APP_JSON", """{"args":["--audience","sts.amazonaws.com"]}""", None },
        { "APP_JSON", """{"command":["env","-i","AWS_REGION=x","/app"]}""", Undone },
        { "APP_JSON", """{"args":["--sts-endpoint",["sts.amazonaws.com"]]}""", Ambiguous },
        { "APP_YAML", "env:\n- name: AWS_STS_REGIONAL_ENDPOINTS\n  value: legacy\n", Legacy },
        { "APP_YAML", "env:\n  - name: 'AWS_REGION'\n    value: \"aws-global\"\n", Region },
        { "APP_YAML", "env:\n- name: AWS_STS_REGIONAL_ENDPOINTS\n  value: regional\n- name: MODE\n  value: legacy\n", None },
        { "APP_YAML", "env:\n- name: AWS_STS_REGIONAL_ENDPOINTS\n  from:\n    value: legacy\n", None },
        { "APP_YAML", "audience:\n  value: sts.amazonaws.com\n", None },
        { "APP_YAML", "args:\n- --sts-endpoint\n- sts.amazonaws.com\n", Endpoint },
        { "APP_YAML", "args:\n- --audience\n- sts.amazonaws.com\n- --region\n- aws-global\n", Region },
        { "APP_YAML", "args:\n- --audience\n- --verbose\n- sts.amazonaws.com\n", Ambiguous },
        { "APP_YAML", "args:\n- --audience\nlist:\n  - sts.amazonaws.com\n", Ambiguous },
        { "APP_JSON", """{"args":["--verbose","--sts-endpoint","sts.amazonaws.com"]}""", Endpoint },
        { "APP_JSON", """{"args":["--audience",1,"sts.amazonaws.com"]}""", Ambiguous },
        { "APP_JSON", """{"audience":["app","sts.amazonaws.com"]}""", None },
    };

    /// <summary>Names in front of signs, colons and lists, as queries and programs write them.</summary>
    public static readonly TheoryData<string, string, string> Signs = new()
    {
        { "QUERY", "select * from t where eventsource = 'sts.amazonaws.com'", None },
        { "QUERY", "select * from t where eventsource IN ('iam.amazonaws.com', 'sts.amazonaws.com') and x = 1", None },
        { "QUERY", "select * from t where x = 'a', 'sts.amazonaws.com'", Ambiguous },
        { "QUERY", "{ ($.eventSource = \"sts.amazonaws.com\") && ($.errorCode = \"*\") }", None },
        { "PROGRAM", "if host == \"sts.amazonaws.com\" then", Ambiguous },
        { "PROGRAM", "if audience == \"sts.amazonaws.com\" then", None },
        { "PROGRAM", "if stsRegionalEndpoints === 'legacy' then", None },
        { "PROGRAM", "const host = \"sts.amazonaws.com\";", Endpoint },
        { "PROGRAM", "new STS({ region: 'us-east-2', endpoint: 'sts.amazonaws.com' })", Endpoint },
        { "PROGRAM", "hosts: a, sts.amazonaws.com", Endpoint },
        { "PROGRAM", "set hosts: a sts.amazonaws.com", Ambiguous },
        { "PROGRAM", "while [ 1 ] { $host = sts.amazonaws.com }", Ambiguous },
        { "PROGRAM", "resource x {\n  endpoints {\n    sts = \"sts.amazonaws.com\"\n  }\n}", Endpoint },
        { "PROGRAM", "client_id_list = [\n  \"sts.amazonaws.com\",\n]", None },
        { "PROGRAM", "fetch_endpoint() {\n  curl sts.amazonaws.com\n}", Ambiguous },
        { "NGINX", "upstream sts {\n  server sts.amazonaws.com:443;\n}", Endpoint },
        { "HAPROXY", "backend sts\n  server sts1 sts.amazonaws.com:443 check", Endpoint },
        { "NGINX", "upstream sts {\n  server sts.amazonaws.com;\n}", Endpoint },
        { "PROSE", "server sts.amazonaws.com is in us-east-1", Ambiguous },
        { "SUPERVISOR", "environment=A=\"x\",AWS_STS_REGIONAL_ENDPOINTS=\"legacy\"", Legacy },
        { "SUPERVISOR", "environment=AWS_STS_REGIONAL_ENDPOINTS=\"regional\",A=\"legacy\"", None },
        { "TOML", "environment = ['AWS_STS_REGIONAL_ENDPOINTS=legacy', 'A=b']", Legacy },
        { "TOML", "environment = [\"AWS_STS_REGIONAL_ENDPOINTS=regional\"]", None },
        { "PROGRAM", "endpoints[0] = 'sts.amazonaws.com'", Endpoint },
        { "PROGRAM", "endpoints[0]=sts.amazonaws.com", Endpoint },
        { "PROGRAM", "if (host==\"sts.amazonaws.com\")", Ambiguous },
        { "PROGRAM", "builder.endpoint(\"sts.amazonaws.com\").build()", Endpoint },
        { "PROGRAM", "builder.region(\"aws-global\")", Region },
        { "PROGRAM", "System.setProperty(\"sts.endpoint\", \"sts.amazonaws.com\");", Endpoint },
        { "PROGRAM", "router.Host(\"sts.amazonaws.com\")", Ambiguous },
        { "CRON", "*/5 * * * * AWS_STS_REGIONAL_ENDPOINTS=legacy /app\n", Legacy },
        { "CRON", "* * * * * AWS_STS_REGIONAL_ENDPOINTS=legacy /app\n", Legacy },
        { "PROGRAM", "/*\n * AWS_STS_REGIONAL_ENDPOINTS=legacy\n */\nx = 1", None },
        { "PROGRAM", "/* a */\nAWS_STS_REGIONAL_ENDPOINTS=legacy", Legacy },
        { "PROGRAM", "// AWS_STS_REGIONAL_ENDPOINTS=legacy", None },
        { "URLS", "a\n//sts.amazonaws.com\n", Endpoint },
        { "RULE", "host == \"sts.amazonaws.com\"", Ambiguous },
        { "RULE", "host =~ \"sts.amazonaws.com\"", Ambiguous },
        { "MAKE", "STS_HOST?=sts.amazonaws.com", Endpoint },
        { "AUDIENCE", "x ; curl sts.amazonaws.com", Ambiguous },
        { "TRUST", "oidc.eks.us-east-2.amazonaws.com/id/A1:aud: sts.amazonaws.com", None },
        { "PROGRAM", "//stsEndpoint = \"sts.amazonaws.com\"", Ambiguous },
        { "PROGRAM", "/*\n endpoint: sts.amazonaws.com\n*/", Ambiguous },
        { "CRON", "* 0 * * * AWS_STS_REGIONAL_ENDPOINTS=legacy /app\n", Legacy },
        { "CRON", "* 5 * * * AWS_STS_REGIONAL_ENDPOINTS=legacy /app\n", Legacy },
        { "CRON", "* 9 * * * AWS_STS_REGIONAL_ENDPOINTS=legacy /app\n", Legacy },
        { "PROGRAM", "props.put(\"sts.endpoint\", \"sts.amazonaws.com\")", Endpoint },
        { "PROGRAM", "builder.withEndpoint(\"sts.amazonaws.com\")", Endpoint },
        { "PROGRAM", "client.useEndpoint(\"sts.amazonaws.com\")", Endpoint },
        { "PROGRAM", "putEndpoint(\"sts.amazonaws.com\")", Endpoint },
        { "PROGRAM", "host=>sts.amazonaws.com", Endpoint },
        { "PROGRAM", "if ( host = sts.amazonaws.com )", Ambiguous },
        { "METRICS", "requests{host=\"sts.amazonaws.com\",x=\"{\"}", Ambiguous },
        { "NGINX", "set $sts_host sts.amazonaws.com;", Endpoint },
        { "TERRAFORM", "variable \"sts_endpoint\" {\n  default = \"sts.amazonaws.com\"\n}", Endpoint },
        { "TERRAFORM", "variable \"audience\" {\n  default = \"sts.amazonaws.com\"\n}", None },
        { "TERRAFORM", "endpoints \"x\" {\n  default = \"sts.amazonaws.com\"\n}", Endpoint },
        { "PYTHON", "STS_HOST: str = \"sts.amazonaws.com\"", Endpoint },
        { "TEMPLATE", "{{ env.STS_HOST | default \"sts.amazonaws.com\" }}", Endpoint },
        { "URLS", "https://sts.us-east-2.amazonaws.com:443,STS_HOST=sts.amazonaws.com", Endpoint },
        { "URLS", "https://user:audience=x@example.com/?host=sts.amazonaws.com", Endpoint },
    };

    /// <summary>XML, as Hadoop and Hive write it.</summary>
    public static readonly TheoryData<string, string, string> Xml = new()
    {
        { "SITE", "<configuration><property><name>fs.s3a.assumed.role.sts.endpoint</name><value>sts.amazonaws.com</value></property></configuration>", Endpoint },
        { "SITE", "<?xml version='1.0'?>\n<a>\n <property>\n  <name>oidc.audience</name>\n  <value>sts.amazonaws.com</value>\n </property>\n</a>", None },
        { "SITE", "<a><property><name>x.endpoint</name></property><property><value>sts.amazonaws.com</value></property></a>", Ambiguous },
        { "SITE", "<a><stsEndpoint>sts.amazonaws.com</stsEndpoint></a>", Endpoint },
        { "SITE", "<a><stsEndpoint>x</stsEndpoint>sts.amazonaws.com</a>", Ambiguous },
        { "SITE", "<bean><property name=\"stsEndpoint\" value=\"sts.amazonaws.com\"/></bean>", Endpoint },
        { "SITE", "<bean><property name='audience' value='sts.amazonaws.com' /></bean>", None },
        { "SITE", "<client endpoint=\"sts.amazonaws.com\" />", Endpoint },
        { "SITE", "<a href=sts.amazonaws.com>", Ambiguous },
        { "SITE", "<a><endpoint>sts&#46;amazonaws.com</endpoint></a>", Endpoint },
        { "SITE", "<a><endpoint><![CDATA[sts.amazonaws.com]]></endpoint></a>", Endpoint },
        { "SITE", "<a><!-- endpoint = sts.amazonaws.com --></a>", Ambiguous },
        { "SITE", "<a><!-- audience = sts.amazonaws.com --></a>", None },
        { "SITE", "<a><mode><![CDATA[[default]\nsts_regional_endpoints = legacy]]></mode></a>", Legacy },
        { "SITE", "<endpoint>sts.amazonaws.com<broken>", Endpoint },
        { "SITE", "<!--sts.amazonaws.com>", Ambiguous },
        { "SITE", "<a><!-- x --><audience>sts.amazonaws.com</audience></a>", None },
        { "SITE", "<a><audience><![CDATA[x]]>sts.amazonaws.com</audience></a>", None },
        { "SITE", "<a><endpoint><![CDATA[sts&#46;amazonaws.com]]></endpoint></a>", None },
        { "SITE", "<a><audience x=\"1\">sts.amazonaws.com</audience></a>", None },
        { "SITE", "<a><property name=\"\" value=\"sts.amazonaws.com\"/></a>", Ambiguous },
        { "SITE", "<a><property name=\"audience\" type=\"sts.amazonaws.com\"/></a>", Ambiguous },
        { "SITE", "<a x=\"1\" audience=\"sts.amazonaws.com\" />", None },
        { "SITE", "<a x=>sts.amazonaws.com</a>", Ambiguous },
    };

    /// <summary>Regional hosts, judged for a pod in eu-west-1.</summary>
    public static readonly TheoryData<string, string, string> OtherRegions = new()
    {
        { "AWS_ENDPOINT_URL_STS", "https://sts.us-east-1.amazonaws.com", Cross },
        { "AWS_ENDPOINT_URL_STS", "https://STS.US-East-1.amazonaws.com:443/", Cross },
        { "AWS_ENDPOINT_URL_STS", "https://sts-fips.us-east-1.amazonaws.com", Cross },
        { "AWS_ENDPOINT_URL_STS", "https://sts.us-west-2.api.aws", Cross },
        { "AWS_ENDPOINT_URL_STS", "https://vpce-0a1b-c2d3.sts.us-east-1.vpce.amazonaws.com", Cross },
        { "AWS_ENDPOINT_URL_STS", "https://sts.eu-west-1.amazonaws.com https://sts.us-east-1.amazonaws.com", Cross },
        { "AWS_ENDPOINT_URL_STS", "https://sts.eu-west-1.amazonaws.com", None },
        { "AWS_ENDPOINT_URL_STS", "https://vpce-0a1b-c2d3.sts.eu-west-1.vpce.amazonaws.com", None },
        { "AWS_ENDPOINT_URL_STS", "https://sts.cn-north-1.amazonaws.com.cn", None },
        { "AWS_ENDPOINT_URL_STS", "https://sts.us-gov-west-1.amazonaws.com", None },
        { "AWS_ENDPOINT_URL_STS", "https://sts.us-east-1.amazonaws.com.example.com", None },
        { "AWS_ENDPOINT_URL_STS", "https://my-sts.us-east-1.amazonaws.com", None },
        { "AWS_ENDPOINT_URL_STS", "https://x.sts.us-east-1.amazonaws.com", None },
        { "AWS_ENDPOINT_URL_STS", "https://sts.us-east-1a.amazonaws.com", None },
        { "AWS_ENDPOINT_URL_STS", "https://sts.$(AWS_REGION).amazonaws.com", None },
        { "AWS_ENDPOINT_URL_STS", "https://hosts.us-east-1.amazonaws.com", None },
        { "STS_HOST", "sts.us-east-1.amazonaws.com", Cross },
        { "FOO", "sts.us-east-1.amazonaws.com", None },
        { "FOO", "https://sts.us-east-1.amazonaws.com", Cross },
        { "AUDIENCE", "https://sts.us-east-1.amazonaws.com", None },
        { "EGRESS_HOSTS", "sts.us-east-1.amazonaws.com", None },
        { "APP_JSON", """{"sts":{"endpoint":"sts.us-east-1.amazonaws.com"}}""", Cross },
    };

    /// <summary>Flags and JVM options in a variable.</summary>
    public static readonly TheoryData<string, string, string> Options = new()
    {
        { "OPTIONS", "--sts-endpoint sts.amazonaws.com --verbose", Endpoint },
        { "OPTIONS", "--audience sts.amazonaws.com --verbose", None },
        { "OPTIONS", "--audience=sts.amazonaws.com", None },
        { "OPTIONS", "--region aws-global", Region },
        { "OPTIONS", "-Daws.region=aws-global -Xss1m", Region },
        { "OPTIONS", "-Daws.endpointUrlSts=sts.amazonaws.com", Endpoint },
        { "OPTIONS", "-Daws.region=us-east-2 -Doidc.audience=sts.amazonaws.com", None },
        { "OPTIONS", "--audience x, sts.amazonaws.com", None },
        { "OPTIONS", "{a sts.amazonaws.com", Ambiguous },
    };

    /// <summary>A script that <c>sh -c</c> runs, and the rules that object.</summary>
    public static readonly TheoryData<string, string> Scripts = new()
    {
        { "export AWS_STS_REGIONAL_ENDPOINTS=legacy", Legacy },
        { "export AWS_STS_REGIONAL_ENDPOINTS='legacy'; exec /app", Legacy },
        { "export AWS_STS_REGIONAL_ENDPOINTS=\"legacy\" && exec /app", Legacy },
        { "AWS_STS_REGIONAL_ENDPOINTS=legacy aws sts get-caller-identity", Legacy },
        { "AWS_STS_REGIONAL_ENDPOINTS=legacy;exec /app", Legacy },
        { "(AWS_STS_REGIONAL_ENDPOINTS=legacy aws sts get-caller-identity)", Legacy },
        { "ID=`AWS_STS_REGIONAL_ENDPOINTS=legacy aws sts get-caller-identity`", Legacy },
        { "ID=$(AWS_STS_REGIONAL_ENDPOINTS=legacy aws sts get-caller-identity)", Legacy },
        { "env -u HOME AWS_STS_REGIONAL_ENDPOINTS=Legacy /app", Legacy },
        { "export AWS_STS_REGIONAL_ENDPOINTS=regional", None },
        { "export AWS_STS_REGIONAL_ENDPOINTS=\"${AWS_STS_REGIONAL_ENDPOINTS:-legacy}\"", None },
        { "export AWS_STS_REGIONAL_ENDPOINTS=Regional", Invalid },
        { "echo $AWS_STS_REGIONAL_ENDPOINTS", None },
        { "test \"$AWS_STS_REGIONAL_ENDPOINTS\" = regional", None },
        { "setx AWS_STS_REGIONAL_ENDPOINTS legacy", Legacy },
        { "setx AWS_REGION aws-global", Region },
        { "set AWS_STS_REGIONAL_ENDPOINTS=legacy", Legacy },
        { "$env:AWS_STS_REGIONAL_ENDPOINTS = 'legacy'; ./app.exe", Legacy },
        { "$env:AWS_STS_REGIONAL_ENDPOINTS='legacy'", Legacy },
        { "$Env:AWS_REGION = \"aws-global\"", Region },
        { "$env:AWS_STS_REGIONAL_ENDPOINTS = 'regional'", None },
        { "aws configure set sts_regional_endpoints legacy", Legacy },
        { "aws configure set default.sts_regional_endpoints legacy", Legacy },
        { "aws configure set sts_regional_endpoints legacy --profile a", Legacy },
        { "aws configure set region aws-global", Region },
        { "aws configure set sts_regional_endpoints regional", None },
        { "aws configure get sts_regional_endpoints", None },
        { "aws sts get-caller-identity --endpoint-url https://sts.amazonaws.com", Endpoint },
        { "aws sts get-caller-identity --region aws-global", Region },
        { "aws sts get-caller-identity --region=aws-global", Region },
        { "aws sts get-caller-identity \\\n  --region \\\n  aws-global", Region },
        { "app --sts-endpoint \\\n  sts.amazonaws.com", Endpoint },
        { "app --token-audience \\\n  sts.amazonaws.com", None },
        { "cat > ~/.aws/config <<EOF\n[default]\nsts_regional_endpoints = legacy\nEOF", Legacy },
        { "cat > ~/.aws/config <<'EOF'\n[default]\nregion = us-east-2\nEOF\nexec app --audience sts.amazonaws.com", None },
        { "printf '[default]\\nsts_regional_endpoints=legacy\\n' > ~/.aws/config", Legacy },
        { "echo -e \"[default]\\nsts_regional_endpoints = legacy\" > ~/.aws/config", Legacy },
        { "echo \"[default]\nsts_regional_endpoints = legacy\" > ~/.aws/config", Legacy },
        { "echo 'sts_regional_endpoints = legacy' >> ~/.aws/config", Legacy },
        { "echo '{\"stsEndpoint\":\"sts.amazonaws.com\"}' > /etc/app.json", Endpoint },
        { "echo '{\"audience\": \"sts.amazonaws.com\"}' > /etc/app.json", None },
        { "echo '{\"config\":\"[default]\\nsts_regional_endpoints = legacy\"}' > /etc/app.json", Legacy },
        { "curl https://sts.amazonaws.com/?Action=GetCallerIdentity", Endpoint },
        { "curl sts.amazonaws.com", Ambiguous },
        { "curl \"$URL&audience=sts.amazonaws.com\"", None },
        { "curl -H \"Authorization: bearer $T\" \"$URL&audience=sts.amazonaws.com\"", None },
        { "curl https://idp.example.com/token?x=1&audience=sts.amazonaws.com", None },
        { "kubectl create token app --audience sts.amazonaws.com", None },
        { "kubectl create token app --audience=sts.amazonaws.com --duration 1h", None },
        { "STS_HOST=${STS_HOST:-sts.amazonaws.com}", Endpoint },
        { "export STS_URL=${STS_URL:-https://sts.amazonaws.com}", Endpoint },
        { "AUDIENCE=${AUDIENCE:-sts.amazonaws.com} exec /app", None },
        { "# we don't call sts.amazonaws.com any more\nexec /app", Ambiguous },
        { "exec /app # not sts.amazonaws.com", Ambiguous },
        { "H=sts; curl https://$H.amazonaws.com", None },
        { "python3 -c \"import os; os.environ['AWS_STS_REGIONAL_ENDPOINTS'] = 'legacy'\"", Legacy },
        { "curl https://sts.us-east-2.amazonaws.com", None },
        { "! AWS_STS_REGIONAL_ENDPOINTS=legacy /app", Legacy },
        { "app \\\n  --sts-endpoint=\\\n  sts.amazonaws.com", Endpoint },
        { "STS_HOST=\\\n  sts.amazonaws.com app", Endpoint },
        { "a&b AWS_STS_REGIONAL_ENDPOINTS=legacy", Legacy },
    };

    /// <summary>What commands do with their words.</summary>
    public static readonly TheoryData<string, string> Uses = new()
    {
        { "unset AWS_STS_REGIONAL_ENDPOINTS; exec /app", Undone },
        { "unset A AWS_REGION B && /app", Undone },
        { "export -n AWS_DEFAULT_REGION", Undone },
        { "env -u AWS_STS_REGIONAL_ENDPOINTS /app", Undone },
        { "env -uAWS_REGION /app", Undone },
        { "exec env --unset=AWS_REGION /app", Undone },
        { "env --unset AWS_REGION /app", Undone },
        { "/usr/bin/env -i PATH=$PATH /app", Undone },
        { "A=b exec env - /app", Undone },
        { "env --ignore-environment /app", Undone },
        { "exec -c /app", Undone },
        { "exec -cl /app", Undone },
        { "if ! env -i /app; then exit 1; fi", Undone },
        { "if true; then env -i /app; fi", Undone },
        { "if true; then exit; elif env -i /app; then exit; fi", Undone },
        { "if true; then exit; else env -i /app; fi", Undone },
        { "while env -i /app; do sleep 1; done", Undone },
        { "until env -i /app; do sleep 1; done", Undone },
        { "while sleep 1; do env -i /app; done", Undone },
        { "env -u AWS_REGION AWS_STS_REGIONAL_ENDPOINTS=regional /app", Undone },
        { "true && env \\\n  -i /app", Undone },
        { "Remove-Item Env:AWS_REGION; ./app.exe", Undone },
        { "unset AWS_PROFILE region; unset -f AWS_REGION_OF; exec /app", None },
        { "unset", None },
        { "unset -v AWS_REGION", Undone },
        { "env -ui /app", None },
        { "cat x | grep y; app --audience sts.amazonaws.com", None },
        { "echo \"endpoint: sts.amazonaws.com\" || exit 1", Ambiguous },
        { "sed -i 's/a\\/sts/endpoint=sts.amazonaws.com/' app.yaml", Endpoint },
        { "sed -i 's/a/b/;/endpoint=sts.amazonaws.com/d' app.yaml", None },
        { "env -i AWS_STS_REGIONAL_ENDPOINTS=regional AWS_REGION=us-east-2 /app", None },
        { "env -i AWS_STS_REGIONAL_ENDPOINTS=legacy /app", Legacy },
        { "env -0 | sort", None },
        { "env", None },
        { "env -C /work -- /app -i", None },
        { "app --env -i", None },
        { "app env -i", None },
        { "venv -i", None },
        { "exec -a name /app", None },
        { "exec /app -c /etc/app.yaml", None },
        { "export -p", None },
        { "grep -q 'sts_regional_endpoints = legacy' ~/.aws/config && exit 1", None },
        { "if grep -q AWS_STS_REGIONAL_ENDPOINTS=legacy .env; then exit 1; fi", None },
        { "[ \"$MODE\" = AWS_STS_REGIONAL_ENDPOINTS=legacy ]", None },
        { "grep sts.amazonaws.com /var/log/squid.log", Ambiguous },
        { "echo 'AWS_STS_REGIONAL_ENDPOINTS=legacy is not supported' >&2; exit 1", None },
        { "echo AWS_STS_REGIONAL_ENDPOINTS=legacy > /dev/stderr", None },
        { "echo \"endpoint: sts.amazonaws.com\"", Ambiguous },
        { "echo \"audience: sts.amazonaws.com\"", None },
        { "echo ok || echo AWS_STS_REGIONAL_ENDPOINTS=legacy", None },
        { "echo AWS_STS_REGIONAL_ENDPOINTS=legacy >> .env", Legacy },
        { "echo AWS_STS_REGIONAL_ENDPOINTS=legacy | tee .env", Legacy },
        { "{ echo a; echo AWS_STS_REGIONAL_ENDPOINTS=legacy; } > .env", Legacy },
        { "{\n  echo AWS_STS_REGIONAL_ENDPOINTS=legacy\n} > .env", Legacy },
        { "exec > .env\necho AWS_STS_REGIONAL_ENDPOINTS=legacy", Legacy },
        { "for a in b; do\n  printf 'sts_regional_endpoints = legacy'\ndone > ~/.aws/config", Legacy },
        { "sed -i 's/sts_regional_endpoints = legacy/sts_regional_endpoints = regional/' ~/.aws/config", None },
        { "sed -i 's|https://sts.amazonaws.com|https://sts.us-east-2.amazonaws.com|g' app.yaml", None },
        { "sed -e '/sts_regional_endpoints = legacy/d' ~/.aws/config", None },
        { "sed -i 's/^mode.*$/sts_regional_endpoints = legacy/' ~/.aws/config", Legacy },
        { "sed -i 's#@STS@#https://sts.amazonaws.com#;s/a/b/' app.yaml", Endpoint },
        { "sed -i 's/a/b/;s,@HOST@,endpoint=sts.amazonaws.com,' app.yaml", Endpoint },
        { "sed -i 's/sts.amazonaws.com/unfinished' app.yaml", None },
        { "sed -i 's|s/a/endpoint=sts.amazonaws.com/|b|' fix.sed", None },
        { "for f in *; do echo \"$f\"; done; AWS_STS_REGIONAL_ENDPOINTS=legacy exec /app", Legacy },
        { "echo AWS_STS_REGIONAL_ENDPOINTS=legacy > /dev/stdout", None },
        { "echo AWS_STS_REGIONAL_ENDPOINTS=legacy > /dev/null", None },
        { "echo AWS_STS_REGIONAL_ENDPOINTS=legacy 2>&1", None },
        { "echo AWS_STS_REGIONAL_ENDPOINTS=legacy >&1", None },
        { "env -C env -i /app", Undone },
        { "env --chdir env -i /app", Undone },
        { "env -C", None },
        { "env -u", None },
        { "export", None },
        { "remove-item AWS_REGION", None },
        { "Remove-Item other Env:AWS_REGION", Undone },
        { "sed -i s", None },
        { "sed -i \"s s.amazonaws.comsendpoint=sts.amazonaws.coms\" app.yaml", None },
        { "sed -i \"echo s a/endpoint=sts.amazonaws.com\" app.yaml", None },
        { "sed -e as/a/endpoint=sts.amazonaws.com/ app.yaml", None },
        { "sed -e s/a/b/ -e s/a/endpoint=sts.amazonaws.com/ app.yaml", Endpoint },
        { "sed -e s/a/endpoint=sts.amazonaws.com app.yaml", None },
        { "env -i AWS_STS_REGIONAL_ENDPOINTS=x AWS_STS_REGIONAL_ENDPOINTS=regional /app", Invalid },
    };

    [Theory]
    [MemberData(nameof(BareHosts))]
    [MemberData(nameof(ProxyExceptions))]
    [MemberData(nameof(Urls))]
    [MemberData(nameof(OtherWritings))]
    [MemberData(nameof(OtherHosts))]
    [MemberData(nameof(LocalHosts))]
    [MemberData(nameof(Modes))]
    [MemberData(nameof(Ini))]
    [MemberData(nameof(Properties))]
    [MemberData(nameof(Yaml))]
    [MemberData(nameof(Json))]
    [MemberData(nameof(Pairs))]
    [MemberData(nameof(Signs))]
    [MemberData(nameof(Xml))]
    [MemberData(nameof(Options))]
    public void Judge_Variable_FindsTheRule(string name, string value, string rules)
    {
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, default);
        evaluator.Evaluate(new FieldLocation("env", "variable"), name, value);

        Assert.Equal(rules, Names(evaluator));
    }

    [Theory]
    [MemberData(nameof(OtherRegions))]
    public void Judge_RegionalHost_IsHeldAgainstThePodsRegion(string name, string value, string rules)
    {
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, new PodRegion(RegionSource.Node, "eu-west-1"));
        evaluator.Evaluate(new FieldLocation("env", "variable"), name, value);

        Assert.Equal(rules, Names(evaluator));
    }

    [Theory]
    [InlineData(RegionSource.None, null)]
    [InlineData(RegionSource.Binding, "eu-west-1")]
    public void Judge_RegionalHostOfPodWithoutSettledRegion_IsNotHeldAgainstAny(RegionSource source, string? region)
    {
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, new PodRegion(source, region));
        evaluator.Evaluate(new FieldLocation("env", "variable"), "AWS_ENDPOINT_URL_STS", "https://sts.us-east-1.amazonaws.com");

        Assert.Empty(evaluator.Findings);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    [MemberData(nameof(Uses))]
    public void JudgeCommand_Script_FindsTheRule(string script, string rules)
    {
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, default);
        evaluator.EvaluateCommand(new FieldLocation("args", "argument"), ["/bin/sh", "-c", script]);

        Assert.Equal(rules, Names(evaluator));
    }

    [Theory]
    [InlineData(Endpoint, "--sts-endpoint", "sts.amazonaws.com")]
    [InlineData(None, "--audience", "sts.amazonaws.com")]
    [InlineData(None, "--client-id", "sts.amazonaws.com", "--verbose")]
    [InlineData(Ambiguous, "--verbose", "--", "sts.amazonaws.com")]
    [InlineData(Region, "aws", "--region", "aws-global")]
    [InlineData(None, "aws", "--output", "aws-global")]
    [InlineData(None, "--regions", "aws-global")]
    [InlineData(Legacy, "aws", "configure", "set", "sts_regional_endpoints", "legacy")]
    [InlineData(Legacy, "env", "AWS_STS_REGIONAL_ENDPOINTS=legacy", "/app")]
    [InlineData(Legacy, "cmd", "/c", "set AWS_STS_REGIONAL_ENDPOINTS=legacy&& app.exe")]
    [InlineData(Legacy, "powershell", "-Command", "$env:AWS_STS_REGIONAL_ENDPOINTS = 'legacy'; ./app.exe")]
    [InlineData(Endpoint, "java", "-Daws.endpointUrlSts=https://sts.amazonaws.com", "-jar", "app.jar")]
    [InlineData(None, "java", "-Dhttp.nonProxyHosts=localhost|sts.amazonaws.com", "-jar", "app.jar")]
    [InlineData(Region, "java", "-Daws.region=aws-global", "-jar", "app.jar")]
    [InlineData(Endpoint, "app", "{\"stsEndpoint\": \"sts.amazonaws.com\"}")]
    [InlineData(Legacy, "app", "--config", "{\"sts_regional_endpoints\":\"legacy\"}")]
    [InlineData(Endpoint, "app", "--config=stsEndpoint:sts.amazonaws.com")]
    public void JudgeCommand_Arguments_FindsTheRule(string rules, params string[] arguments)
    {
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, default);
        evaluator.EvaluateCommand(new FieldLocation("args", "argument"), arguments);

        Assert.Equal(rules, Names(evaluator));
    }

    private static string Names(PolicyEvaluator evaluator) => string.Join(',', evaluator.Findings.Select(f => f.Rule.Name));
}
