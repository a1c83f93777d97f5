-- Lists callers of the global endpoint by all three signs, like `sts-webhook cloudtrail`.
WITH sts_calls AS (
  SELECT
    eventtime,
    coalesce(
      CASE useridentity.type
        WHEN 'AssumedRole' THEN regexp_replace(useridentity.arn, '/[^/]*$', '') -- without the session
        ELSE useridentity.arn
      END,
      useridentity.username || coalesce(' via ' || regexp_replace(useridentity.identityprovider, '^arn:[^/]*/', ''), ''),
      useridentity.invokedby,
      coalesce(useridentity.accountid || '/', '') || split_part(useridentity.principalid, ':', 1),
      useridentity.type
    ) AS principal,
    useragent,
    coalesce(vpcendpointid, sourceipaddress) AS source,
    awsregion,
    json_extract_scalar(additionaleventdata, '$.RequestDetails.awsServingRegion') AS servingregion,
    coalesce(json_extract_scalar(additionaleventdata, '$.RequestDetails.endpointType'), '') AS endpointtype,
    -- The host header is logged as the client wrote it: it may have capitals, a dot and a port behind it.
    coalesce(lower(regexp_replace(tlsdetails.clientprovidedhostheader, '[.]?(:[0-9]*)?$', '')), '') AS host
  FROM cloudtrail_logs
  WHERE eventsource = 'sts.amazonaws.com'
    AND "timestamp" >= '2025/08/01' -- the first day that counts
)
SELECT
  count(*) AS calls,
  max(eventtime) AS last_seen,
  coalesce(servingregion, CASE WHEN host LIKE 'sts-global.%' THEN split_part(host, '.', 2) END, awsregion) AS serving_region,
  count_if(endpointtype = 'global') AS endpoint_type,
  count_if(host = 'sts.amazonaws.com') AS global_host,
  count_if(host LIKE 'sts-global.%') AS local_host,
  source,
  principal,
  useragent AS user_agent
FROM sts_calls
WHERE endpointtype = 'global'
   OR host = 'sts.amazonaws.com'
   OR host LIKE 'sts-global.%'
GROUP BY 3, source, principal, useragent
ORDER BY calls DESC, last_seen DESC;
