-- The query of the AWS guide "How to use Regional AWS STS endpoints" (February 2024), which uses only the host header.
-- It misses calls that regions have served locally since 2025: use global-calls.sql.
SELECT
  eventtime,
  eventid,
  eventname,
  useridentity.arn AS principal,
  sourceipaddress,
  useragent
FROM cloudtrail_logs
WHERE eventsource = 'sts.amazonaws.com'
  AND tlsdetails.clientprovidedhostheader = 'sts.amazonaws.com'
ORDER BY eventtime DESC;
