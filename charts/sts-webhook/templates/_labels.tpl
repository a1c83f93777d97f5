{{/* Labels that never change during the life of a release. Selectors use only these. */}}
{{- define "sts-webhook.selectorLabels" -}}
app.kubernetes.io/name: {{ include "sts-webhook.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* The labels of an object. Call with (dict "root" $ "component" "webhook" "labels" …). */}}
{{- define "sts-webhook.labels" -}}
{{- $own := dict
  "app.kubernetes.io/version" .root.Chart.AppVersion
  "app.kubernetes.io/component" .component
  "app.kubernetes.io/part-of" "sts-webhook"
  "app.kubernetes.io/managed-by" .root.Release.Service
  "helm.sh/chart" (printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-")
-}}
{{- $fixed := merge (include "sts-webhook.selectorLabels" .root | fromYaml) $own -}}
{{- toYaml (merge $fixed (default dict .labels) .root.Values.commonLabels) -}}
{{- end -}}

{{/* Name, namespace, labels and annotations of an object. Call with (dict "root" $ "component" …). Optional:
     "suffix" or "name", "namespace" (default: the release namespace), "cluster" (true: no namespace), "labels",
     "annotations". */}}
{{- define "sts-webhook.metadata" -}}
name: {{ .name | default (printf "%s%s" (include "sts-webhook.fullname" .root) (default "" .suffix)) }}
{{- if not .cluster }}
namespace: {{ default .root.Release.Namespace .namespace }}
{{- end }}
labels:
  {{- include "sts-webhook.labels" . | nindent 2 }}
{{- with merge dict (default dict .annotations) .root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
