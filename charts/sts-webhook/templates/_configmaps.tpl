{{/*
A match condition: whether a rule can have a finding in the text of a ConfigMap. The text then contains a keyword of a
rule (RuleSet.MightMatch in the program), or something that can hide one: a percent, JSON or XML escape, or a
character that is not ASCII. In keys, only the name of the mode variable matters.

An expression that exceeds the API server's cost limit of 1,000,000 is an error, and failurePolicy decides on it.
`matches` costs a tenth of the text's length times a quarter of the pattern's length. 500 keys of at most 253 characters
and 128 Ki characters of text stay well below the limit. Larger ConfigMaps are sent without this check.
*/}}
{{- define "sts-webhook.configMapConditions" -}}
{{- $hosts := `\\bsts(-fips|-global)?\\.` -}}
{{- $words := `aws-global|regional.?endpoints|unset|export -n|remove-item|(env|exec)[\\s\\\\tn\\x22\\x27,]*[-\\]]` -}}
{{- $disguises := `\\\\u00|&#|%[2-7]|[^\\x00-\\x7f]` -}}
- name: text-can-matter
  expression: >-
    has(object.data) && (size(object.data) > 500 ||
    object.data.map(k, size(object.data[k])).sum() > 131072 ||
    object.data.exists(k, k.matches('(?i)regional.?endpoints') ||
    object.data[k].matches('(?i){{ join "|" (list $hosts $words $disguises) }}')))
{{- end -}}
