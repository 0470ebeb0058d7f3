{{/* What the schema cannot say, or not in words that help. All of it at once. */}}
{{- define "cronlink.validate" -}}
{{- $problems := list -}}
{{- if not .Values.image.repository -}}
{{- $problems = append $problems "image.repository is not set: build the image (see README.md) and say where it was pushed" -}}
{{- end -}}
{{- with .Values.database -}}
{{- $secret := .existingSecret.name -}}
{{- range $value := list "host" "name" "username" "password" -}}
{{- if not (or $secret (get $.Values.database $value)) -}}
{{- $problems = append $problems (printf "database.%s is not set: set it, or name a secret that has it in database.existingSecret.name" $value) -}}
{{- end -}}
{{- end -}}
{{- if and .rootCertificate.configMap .rootCertificate.secret -}}
{{- $problems = append $problems "database.rootCertificate has both configMap and secret: set one of them" -}}
{{- end -}}
{{- if and (include "cronlink.hasRootCertificate" $) (not (hasPrefix "verify-" .sslmode)) -}}
{{- $problems = append $problems (printf "database.rootCertificate is not looked at with database.sslmode %s: use verify-full" .sslmode) -}}
{{- end -}}
{{- end -}}
{{- range $path, $login := dict "database" .Values.database "database.administrator" .Values.database.administrator "jobs" .Values.jobs "security" .Values.security -}}
{{- if and $login.password $login.existingSecret.name -}}
{{- $problems = append $problems (printf "%s has both password and existingSecret.name: set one of them" $path) -}}
{{- end -}}
{{- end -}}
{{- range $path, $login := dict "database.administrator" .Values.database.administrator "jobs" .Values.jobs -}}
{{- if and $login.username (not (or $login.password $login.existingSecret.name)) -}}
{{- $problems = append $problems (printf "%s.username has no password: set %s.password or %s.existingSecret.name" $path $path $path) -}}
{{- end -}}
{{- if and $login.password (not $login.username) -}}
{{- $problems = append $problems (printf "%s.password has no username: set %s.username" $path $path) -}}
{{- end -}}
{{- end -}}
{{- if not (or .Values.security.username .Values.security.existingSecret.name) -}}
{{- $problems = append $problems "security.username is empty: set it, or name a secret that has it in security.existingSecret.name" -}}
{{- end -}}
{{- range $number, $user := .Values.security.users -}}
{{- if eq (empty $user.password) (empty $user.existingSecret) -}}
{{- $problems = append $problems (printf "security.users[%d] (%s) needs a password or an existingSecret, and not both" $number $user.name) -}}
{{- end -}}
{{- end -}}
{{- if eq .Values.image.tag "latest" -}}
{{- $problems = append $problems "image.tag is latest: name a version, or leave it empty for the chart's own" -}}
{{- end -}}
{{- $hasPassword := regexMatch "(?i)[?&](ssl)?password=" (toYaml .Values.config) -}}
{{- range include "cronlink.properties" (dict "path" "" "value" .Values.config) | splitList "\n" -}}
{{- if regexMatch "(?i)(password|passwd|secret|token)(\\[\\])*$" . -}}{{- $hasPassword = true -}}{{- end -}}
{{- if include "cronlink.moves" . -}}
{{- $problems = append $problems (printf "config has %s: probes and Service would look for the pods where they no longer are; service.port and ingress say where others find them" .) -}}
{{- end -}}
{{- end -}}
{{- if $hasPassword -}}
{{- $problems = append $problems "config has a password, and becomes a ConfigMap that many may read: use existingSecret, or extraEnv with a secretKeyRef" -}}
{{- end -}}
{{- range $label, $_ := include "cronlink.selectorLabels" . | fromYaml -}}
{{- if hasKey $.Values.podLabels $label -}}
{{- $problems = append $problems (printf "podLabels has %s, by which the pods are found" $label) -}}
{{- end -}}
{{- end -}}
{{- with .Values.service -}}
{{- if and .loadBalancerSourceRanges (ne .type "LoadBalancer") -}}
{{- $problems = append $problems (printf "service.loadBalancerSourceRanges is only for service.type LoadBalancer, which is %s" .type) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- $problems = append $problems "ingress.enabled is true, but ingress.hosts is empty" -}}
{{- end -}}
{{- with .Values.metrics.podMonitor -}}
{{- if and .enabled (not .existingSecret.name) -}}
{{- $problems = append $problems "metrics.podMonitor.enabled is true, but existingSecret.name is empty: nothing is told without a login" -}}
{{- end -}}
{{- end -}}
{{- $own := list -}}
{{- range include "cronlink.env" . | fromYamlArray -}}{{- $own = append $own .name -}}{{- end -}}
{{- range .Values.extraEnv -}}
{{- if include "cronlink.moves" .name -}}
{{- $problems = append $problems (printf "extraEnv has %s: probes and Service would look for the pods where they no longer are; service.port and ingress say where others find them" .name) -}}
{{- end -}}
{{- if has .name $own -}}
{{- $problems = append $problems (printf "extraEnv has %s, which the chart sets from other values" .name) -}}
{{- end -}}
{{- end -}}
{{- with $problems -}}
{{- fail (printf "\n\nThe values do not fit:\n  - %s\n" (join "\n  - " .)) -}}
{{- end -}}
{{- end -}}
