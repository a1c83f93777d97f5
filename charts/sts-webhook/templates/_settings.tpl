{{/* Environment variables for the settings that need a restart. A change of them replaces the pods. */}}
{{- define "sts-webhook.environment" -}}
{{- $settings := dict
  "HTTPS_PORT" .Values.ports.https
  "MANAGEMENT_PORT" .Values.ports.management
  "CLUSTER" (.Values.region.nodeLabels | ternary "in-cluster" "none")
  "TLS" (eq .Values.certificates.mode "managed" | ternary "managed" "files")
  "SHUTDOWN_DELAY" .Values.shutdownDelay
  "METRICS__NAMESPACE_LABEL" .Values.metrics.namespaceLabel
  "INJECTION__READ_CONFIG_MAPS" .Values.injection.readConfigMaps
-}}
{{- if include "sts-webhook.isManaged" . -}}
{{- $_ := merge $settings (dict
  "CERTIFICATES__SECRET" (include "sts-webhook.certificateSecret" .)
  "CERTIFICATES__SERVICE" (include "sts-webhook.fullname" .)
  "CERTIFICATES__NAMESPACE" .Release.Namespace
  "CERTIFICATES__WEBHOOK_CONFIGURATION" (include "sts-webhook.fullname" .)
) -}}
{{- end -}}
{{- with .Values.clientCa.configMap -}}
{{- $_ := set $settings "CLIENT_CA" "/etc/sts-webhook/client-ca/ca.crt" -}}
{{- end -}}
{{- range $name, $value := $settings }}
- name: STS_WEBHOOK__{{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- with .Values.tracing.otlpEndpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ . | quote }}
- name: OTEL_EXPORTER_OTLP_PROTOCOL
  value: {{ $.Values.tracing.protocol }}
{{- end }}
{{- with .Values.env }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The settings file, for the settings that apply without a restart. tests/Chart.Tests/SettingsTests.cs compares both with the program. */}}
{{- define "sts-webhook.settings" -}}
{{- $settings := dict
  "policy" (pick .Values.policy "enforce" "workloads" "configMaps" "rules")
  "injection" (pick .Values.injection "extraEnv" "region")
  "logLevel" .Values.logLevel
-}}
{{- with .Values.region.default -}}
{{- $_ := set $settings "region" . -}}
{{- end -}}
{{- toPrettyJson $settings -}}
{{- end -}}
