{{/* Values that the schema admits one by one, but that contradict each other. Each is refused with one sentence. */}}
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
{{- fail (printf "%s needs pods, and clientConfig.url says that the webhook runs outside the cluster: unset one of the two" $name) -}}
{{- end -}}
{{- end -}}
{{- else if $v.clientConfig.caBundle -}}
{{- fail "clientConfig.caBundle belongs to clientConfig.url: for a Secret of yours set certificates.caBundle" -}}
{{- end -}}

{{- if include "sts-webhook.isInstalled" . -}}
{{- with $v.certificates -}}
{{- if and .caBundle (ne .mode "existingSecret") -}}
{{- fail (printf "certificates.caBundle is for certificates.mode=existingSecret: with %s it is filled in for you" .mode) -}}
{{- end -}}
{{- if and .certManager.issuerRef (ne .mode "cert-manager") -}}
{{- fail (printf "certificates.certManager.issuerRef is for certificates.mode=cert-manager, not %s" .mode) -}}
{{- end -}}
{{- if eq .mode "existingSecret" -}}
{{- if not .secretName -}}
{{- fail "certificates.mode=existingSecret needs certificates.secretName: a Secret with tls.crt and tls.key" -}}
{{- end -}}
{{- if not (include "sts-webhook.caBundle" $) -}}
{{- fail (printf "certificates.mode=existingSecret needs certificates.caBundle: no ca.crt was found in Secret %s of namespace %s" .secretName $.Release.Namespace) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- if not $v.region.nodeLabels -}}
{{- if eq $v.certificates.mode "managed" -}}
{{- fail "region.nodeLabels=false leaves the API server alone, which managed certificates need: set certificates.mode to cert-manager or existingSecret" -}}
{{- end -}}
{{- if not $v.region.default -}}
{{- fail "region.nodeLabels=false needs region.default: nothing else would tell the region of most pods" -}}
{{- end -}}
{{- end -}}

{{- with $v.ports -}}
{{- if eq (int .https) (int .management) -}}
{{- fail (printf "ports.https and ports.management are both %v: choose two ports" .https) -}}
{{- end -}}
{{- if or (eq (int .https) 10250) (eq (int .management) 10250) -}}
{{- fail "port 10250 is the kubelet's, on Fargate in the pod's own network too: choose another for ports.https and ports.management" -}}
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
{{- fail (printf "podDisruptionBudget would let none of %v replicas be evicted, and no node with one of them be drained: allow one" $replicas) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- with $v.autoscaling -}}
{{- if and .enabled (gt (int .minReplicas) (int .maxReplicas)) -}}
{{- fail (printf "autoscaling.minReplicas (%v) is more than autoscaling.maxReplicas (%v)" .minReplicas .maxReplicas) -}}
{{- end -}}
{{- if and .enabled (not (dig "requests" "cpu" "" $v.resources)) -}}
{{- fail "autoscaling needs resources.requests.cpu: its target is a share of that" -}}
{{- end -}}
{{- end -}}

{{- with $v.metrics -}}
{{- if and .serviceMonitor.enabled .podMonitor.enabled -}}
{{- fail "metrics.serviceMonitor and metrics.podMonitor would scrape each pod twice: enable one of the two" -}}
{{- end -}}
{{- if and .serviceMonitor.enabled (not .service.enabled) -}}
{{- fail "metrics.serviceMonitor needs metrics.service.enabled: it finds the pods by that Service" -}}
{{- end -}}
{{- end -}}

{{- if and (not $v.serviceAccount.create) (not $v.serviceAccount.name) -}}
{{- fail "serviceAccount.create=false needs serviceAccount.name: the namespace's default account should not get these rights" -}}
{{- end -}}
{{- end -}}

{{- if and $v.celBackstop.enabled (not (include "sts-webhook.denies" (dict "root" . "rule" "legacy-mode"))) (not (include "sts-webhook.denies" (dict "root" . "rule" "global-endpoint"))) -}}
{{- fail "celBackstop has nothing to refuse: policy.rules sets neither legacy-mode nor global-endpoint to deny" -}}
{{- end -}}
{{- end -}}
