{{/*
Whether the text of a ConfigMap can matter: it has one of the words without which no rule objects
(SettingRules.MayConcern in the program), or what could hide one: an escape of percent, JSON or XML, a character that
is not ASCII. Of a key only the mode's own name matters.

A condition that costs more than the API server's limit of 1,000,000 for one expression is an error, on which
failurePolicy decides. `matches` costs a tenth of the text's length times a quarter of the pattern's: 500 keys, which
have at most 253 characters, and 128 Ki characters of text stay well below that limit. Larger ConfigMaps are sent
without being looked at.
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
