{{/* The enforcement modes. A namespace selects one with the label sts-webhook.io/enforce. */}}
{{- define "sts-webhook.modes" -}}
deny warn audit
{{- end -}}

{{/* Label conditions that select the namespaces the webhooks apply to. */}}
{{- define "sts-webhook.namespaceExpressions" -}}
{{- with .Values.namespaceSelector -}}
- key: sts-webhook.io/inject
  {{- if eq .mode "opt-in" }}
  operator: In
  values: [enabled]
  {{- else }}
  operator: NotIn
  values: [disabled]
  {{- end }}
- key: kubernetes.io/metadata.name
  operator: NotIn
  values: {{ concat (list "kube-system" "kube-public" "kube-node-lease" $.Release.Namespace) .exclude | uniq | toJson }}
{{- with .matchExpressions }}
{{ toYaml . }}
{{- end }}
{{- end -}}
{{- end -}}

{{/* Label conditions for namespaces with one enforcement mode. The default mode also includes namespaces without the
     label, or with an unknown value. Call with (dict "root" $ "mode" "deny"). */}}
{{- define "sts-webhook.modeExpressions" -}}
- key: sts-webhook.io/enforce
  {{- if eq .mode .root.Values.policy.enforce }}
  operator: NotIn
  values: {{ without (include "sts-webhook.modes" .root | splitList " ") .mode | toJson }}
  {{- else }}
  operator: In
  values: [{{ .mode }}]
  {{- end }}
{{- end -}}

{{/* The fields that all webhooks share. Call with (dict "root" $ "kind" "mutate" "path" "/mutate/deny" "mode" "deny");
     without a mode it applies to namespaces of every mode. */}}
{{- define "sts-webhook.webhook" -}}
{{- $root := .root -}}
admissionReviewVersions: [v1]
sideEffects: None
matchPolicy: Equivalent
failurePolicy: {{ get $root.Values.failurePolicy .kind }}
timeoutSeconds: {{ get $root.Values.timeoutSeconds .kind }}
clientConfig:
  {{- with $root.Values.clientConfig }}
  {{- if .url }}
  url: {{ trimSuffix "/" .url }}{{ $.path }}
  {{- else }}
  service:
    name: {{ include "sts-webhook.fullname" $root }}
    namespace: {{ $root.Release.Namespace }}
    path: {{ $.path }}
    port: 443
  {{- end }}
  {{- end }}
  {{- with include "sts-webhook.caBundle" $root }}
  caBundle: {{ . }}
  {{- end }}
namespaceSelector:
  matchExpressions:
    {{- include "sts-webhook.namespaceExpressions" $root | nindent 4 }}
    {{- if .mode }}
    {{- include "sts-webhook.modeExpressions" . | nindent 4 }}
    {{- end }}
{{- end -}}

{{/* The CA bundle, PEM in base64. Empty with managed and cert-manager: the webhook and cert-manager write the field
     themselves. Helm leaves it out, so that an upgrade or a rollback does not overwrite it with an old value. */}}
{{- define "sts-webhook.caBundle" -}}
{{- if .Values.clientConfig.url -}}
{{- .Values.clientConfig.caBundle -}}
{{- else if eq .Values.certificates.mode "existingSecret" -}}
{{- if .Values.certificates.caBundle -}}
{{- .Values.certificates.caBundle -}}
{{- else -}}
{{- $secret := lookup "v1" "Secret" .Release.Namespace (include "sts-webhook.certificateSecret" .) | default dict -}}
{{- get (get $secret "data" | default dict) "ca.crt" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The annotation of a webhook configuration with which cert-manager writes caBundle. */}}
{{- define "sts-webhook.injectCa" -}}
{{- if and (include "sts-webhook.isInstalled" .) (eq .Values.certificates.mode "cert-manager") -}}
cert-manager.io/inject-ca-from: {{ .Release.Namespace }}/{{ include "sts-webhook.fullname" . }}
{{- end -}}
{{- end -}}

{{/* Admission rules for new pods and for ephemeral containers (kubectl debug). */}}
{{- define "sts-webhook.podRules" -}}
- apiGroups: [""]
  apiVersions: [v1]
  operations: [CREATE]
  resources: [pods]
  scope: Namespaced
- apiGroups: [""]
  apiVersions: [v1]
  operations: [UPDATE]
  resources: [pods/ephemeralcontainers]
  scope: Namespaced
{{- end -}}

{{/* Excludes mirror pods: they represent static pods that the kubelet already runs, so they cannot be changed or
     rejected. */}}
{{- define "sts-webhook.podConditions" -}}
- name: is-no-mirror-pod
  expression: >-
    !has(object.metadata.annotations) || !('kubernetes.io/config.mirror' in object.metadata.annotations)
{{- end -}}
