{{/* The enforcement modes: a namespace's label chooses among them. */}}
{{- define "sts-webhook.modes" -}}
deny warn audit
{{- end -}}

{{/* Conditions on a namespace for it to be touched at all. */}}
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

{{/* Conditions on a namespace for one mode: the default one also takes what has no label, or none of the three.
     Call with (dict "root" $ "mode" "deny"). */}}
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

{{/* What is the same in every webhook. Call with (dict "root" $ "kind" "mutate" "path" "/mutate/deny" "mode" "deny");
     no mode: namespaces of every mode. */}}
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

{{/* What signs the certificate. Managed and cert-manager's are put in by those who make them; Helm leaves the field
     out, so that neither an upgrade nor a rollback writes an old one over theirs. */}}
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

{{/* Annotations of a webhook configuration. */}}
{{- define "sts-webhook.injectCa" -}}
{{- if and (include "sts-webhook.isInstalled" .) (eq .Values.certificates.mode "cert-manager") -}}
cert-manager.io/inject-ca-from: {{ .Release.Namespace }}/{{ include "sts-webhook.fullname" . }}
{{- end -}}
{{- end -}}

{{/* Pods, as they are made or debugged. */}}
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

{{/* A mirror pod shows what a kubelet already runs: nobody can change or refuse that. */}}
{{- define "sts-webhook.podConditions" -}}
- name: is-no-mirror-pod
  expression: >-
    !has(object.metadata.annotations) || !('kubernetes.io/config.mirror' in object.metadata.annotations)
{{- end -}}
