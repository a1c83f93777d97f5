{{- define "sts-webhook.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The full name, cut at 46 characters to leave room for the longest suffix. */}}
{{- define "sts-webhook.fullname" -}}
{{- $name := include "sts-webhook.name" . -}}
{{- $default := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) -}}
{{- default $default .Values.fullnameOverride | trunc 46 | trimSuffix "-" -}}
{{- end -}}

{{- define "sts-webhook.serviceAccountName" -}}
{{- default (include "sts-webhook.fullname" .) .Values.serviceAccount.name -}}
{{- end -}}

{{- define "sts-webhook.certificateSecret" -}}
{{- default (printf "%s-certificates" (include "sts-webhook.fullname" .)) .Values.certificates.secretName -}}
{{- end -}}

{{- define "sts-webhook.image" -}}
{{- with .Values.image -}}
{{- .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ default $.Chart.AppVersion .tag }}{{ end -}}
{{- end -}}
{{- end -}}

{{/* Whether the chart installs the webhook itself: "true", or empty if it runs outside the cluster. */}}
{{- define "sts-webhook.isInstalled" -}}
{{- if not .Values.clientConfig.url }}true{{ end -}}
{{- end -}}

{{- define "sts-webhook.isManaged" -}}
{{- if and (include "sts-webhook.isInstalled" .) (eq .Values.certificates.mode "managed") }}true{{ end -}}
{{- end -}}

{{/* The subjects of the role bindings. */}}
{{- define "sts-webhook.subjects" -}}
- kind: ServiceAccount
  name: {{ include "sts-webhook.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{/* Whether a rule has severity deny. Only for rules whose default severity is deny. Call with (dict "root" $ "rule" "legacy-mode"). */}}
{{- define "sts-webhook.denies" -}}
{{- if eq "deny" (get .root.Values.policy.rules .rule | default "deny") }}true{{ end -}}
{{- end -}}
