-- Creates an Athena table for the logs of a trail, with the columns that the queries in this folder read.
--
-- Replace DOC-EXAMPLE-BUCKET and 111122223333 (twice each). Calls to the global endpoint are logged in us-east-1,
-- whichever region serves them, so the logs of that region are enough. In the bucket of an organisation's trail, paths
-- begin with AWSLogs/o-ORGANISATION/.
CREATE EXTERNAL TABLE cloudtrail_logs (
  eventid STRING,
  eventtime STRING,
  eventsource STRING,
  eventname STRING,
  awsregion STRING,
  sourceipaddress STRING,
  vpcendpointid STRING,
  useragent STRING,
  errorcode STRING,
  useridentity STRUCT<
    type: STRING,
    principalid: STRING,
    arn: STRING,
    accountid: STRING,
    invokedby: STRING,
    username: STRING,
    identityprovider: STRING>,
  additionaleventdata STRING,
  tlsdetails STRUCT<
    tlsversion: STRING,
    ciphersuite: STRING,
    clientprovidedhostheader: STRING>
)
PARTITIONED BY (`timestamp` STRING)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://DOC-EXAMPLE-BUCKET/AWSLogs/111122223333/CloudTrail/us-east-1/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.timestamp.type' = 'date',
  'projection.timestamp.format' = 'yyyy/MM/dd',
  'projection.timestamp.interval' = '1',
  'projection.timestamp.interval.unit' = 'DAYS',
  'projection.timestamp.range' = '2024/01/01,NOW',
  'storage.location.template' = 's3://DOC-EXAMPLE-BUCKET/AWSLogs/111122223333/CloudTrail/us-east-1/${timestamp}'
);
