-- The form of the AWS guide "How to use Regional AWS STS endpoints", of February 2024: by the host header alone. It
-- misses the calls that regions serve locally since 2025: use global-calls.sql.
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
