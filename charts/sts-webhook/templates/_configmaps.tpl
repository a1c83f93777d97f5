{{/*
Whether the text of a ConfigMap can matter: it has one of the words without which no rule objects
(SettingRules.Telling in the program), or what could hide one: a percent escape, a JSON escape, a character that is
not ASCII.

A condition that costs more than the API server's limit of 1,000,000 for one expression is an error, on which
failurePolicy decides. `matches` costs a tenth of the text's length times a quarter of the pattern's: 500 keys, which
have at most 253 characters, and 256 Ki characters of text stay below that limit. Larger ConfigMaps are sent without
being looked at.
*/}}
{{- define "sts-webhook.configMapConditions" -}}
{{- $telling := `(?i)sts\\.amazonaws\\.com|s-global|regional.?endpoints|\\\\u00|%[2-7]|[^\\x00-\\x7f]` -}}
- name: text-can-matter
  expression: >-
    has(object.data) && (size(object.data) > 500 ||
    object.data.map(k, size(object.data[k])).sum() > 262144 ||
    object.data.exists(k, k.matches('{{ $telling }}') || object.data[k].matches('{{ $telling }}')))
{{- end -}}
