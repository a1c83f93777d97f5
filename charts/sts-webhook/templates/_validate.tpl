{{/* Rejects combinations of values that contradict each other. The schema checks each value on its own. */}}
{{- define "sts-webhook.validate" -}}
{{- $v := .Values -}}

{{- if $v.clientConfig.url -}}
{{- range $name, $is := dict
  "autoscaling.enabled" $v.autoscaling.enabled
  "clientCa.configMap" $v.clientCa.configMap
  "dashboards.enabled" $v.dashboards.enabled
  "hostNetwork" $v.hostNetwork
  "metrics.podMonitor.enabled" $v.metrics.podMonitor.enabled
  "metrics.prometheusRule.enabled" $v.metrics.prometheusRule.enabled
  "metrics.serviceMonitor.enabled" $v.metrics.serviceMonitor.enabled
  "networkPolicy.enabled" $v.networkPolicy.enabled
-}}
{{- if $is -}}
{{- fail (printf "%s requires that the chart installs the webhook, but clientConfig.url selects a webhook outside the cluster: unset one of the two" $name) -}}
{{- end -}}
{{- end -}}
{{- else if $v.clientConfig.caBundle -}}
{{- fail "clientConfig.caBundle requires clientConfig.url: for your own certificate in a Secret, set certificates.caBundle instead" -}}
{{- end -}}

{{- if include "sts-webhook.isInstalled" . -}}
{{- with $v.certificates -}}
{{- if and .caBundle (ne .mode "existingSecret") -}}
{{- fail (printf "certificates.caBundle is only allowed with certificates.mode=existingSecret: with %s it is set automatically, so remove the value" .mode) -}}
{{- end -}}
{{- if and .certManager.issuerRef (ne .mode "cert-manager") -}}
{{- fail (printf "certificates.certManager.issuerRef is only allowed with certificates.mode=cert-manager, not with %s" .mode) -}}
{{- end -}}
{{- if eq .mode "existingSecret" -}}
{{- if not .secretName -}}
{{- fail "certificates.mode=existingSecret requires certificates.secretName: the name of a Secret with tls.crt and tls.key" -}}
{{- end -}}
{{- if not (include "sts-webhook.caBundle" $) -}}
{{- fail (printf "certificates.mode=existingSecret requires certificates.caBundle, or ca.crt in the Secret: no ca.crt was found in Secret %s of namespace %s" .secretName $.Release.Namespace) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- if not $v.region.nodeLabels -}}
{{- if eq $v.certificates.mode "managed" -}}
{{- fail "region.nodeLabels=false disables access to the API server, which certificates.mode=managed requires: set certificates.mode to cert-manager or existingSecret" -}}
{{- end -}}
{{- if not $v.region.default -}}
{{- fail "region.nodeLabels=false requires region.default: without node labels the region of most pods cannot be determined" -}}
{{- end -}}
{{- end -}}

{{- with $v.ports -}}
{{- if eq (int .https) (int .management) -}}
{{- fail (printf "ports.https and ports.management are both %v: choose two different ports" .https) -}}
{{- end -}}
{{- if or (eq (int .https) 10250) (eq (int .management) 10250) -}}
{{- fail "ports.https and ports.management must not be 10250: the kubelet uses it, on Fargate also in the pod's own network" -}}
{{- end -}}
{{- end -}}

{{- with $v.podDisruptionBudget -}}
{{- if .enabled -}}
{{- $replicas := $v.autoscaling.enabled | ternary $v.autoscaling.minReplicas $v.replicas -}}
{{- $min := toString .minAvailable -}}
{{- if or
  (eq "100%" $min)
  (and (regexMatch "^[0-9]+$" $min) (ge (int .minAvailable) (int $replicas)))
  (and (eq "" $min) (has (toString .maxUnavailable) (list "" "0" "0%")))
-}}
{{- fail (printf "podDisruptionBudget allows the eviction of none of %v replicas, which blocks every node drain: set maxUnavailable to 1 or more, or minAvailable below the number of replicas" $replicas) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- with $v.autoscaling -}}
{{- if and .enabled (gt (int .minReplicas) (int .maxReplicas)) -}}
{{- fail (printf "autoscaling.minReplicas (%v) is greater than autoscaling.maxReplicas (%v): raise maxReplicas or lower minReplicas" .minReplicas .maxReplicas) -}}
{{- end -}}
{{- if and .enabled (not (dig "requests" "cpu" "" $v.resources)) -}}
{{- fail "autoscaling.enabled requires resources.requests.cpu: the target is a percentage of that request" -}}
{{- end -}}
{{- end -}}

{{- with $v.metrics -}}
{{- if and .serviceMonitor.enabled .podMonitor.enabled -}}
{{- fail "metrics.serviceMonitor.enabled and metrics.podMonitor.enabled would scrape each pod twice: enable only one of them" -}}
{{- end -}}
{{- if and .serviceMonitor.enabled (not .service.enabled) -}}
{{- fail "metrics.serviceMonitor.enabled requires metrics.service.enabled: the ServiceMonitor selects that Service" -}}
{{- end -}}
{{- end -}}

{{- if and (not $v.serviceAccount.create) (not $v.serviceAccount.name) -}}
{{- fail "serviceAccount.create=false requires serviceAccount.name: the namespace's default service account must not get these permissions" -}}
{{- end -}}
{{- end -}}

{{- if and $v.celBackstop.enabled (not (include "sts-webhook.denies" (dict "root" . "rule" "legacy-mode"))) (not (include "sts-webhook.denies" (dict "root" . "rule" "global-endpoint"))) -}}
{{- fail "celBackstop.enabled has no effect: set legacy-mode or global-endpoint to deny in policy.rules, or disable celBackstop" -}}
{{- end -}}
{{- end -}}
