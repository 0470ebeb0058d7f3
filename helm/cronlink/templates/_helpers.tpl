{{/* Names end up in labels and in DNS, which both take 63 characters, and DNS no dots. */}}
{{- define "cronlink.asName" -}}
{{- . | replace "." "-" | trunc 63 | regexFind "^.*[^-]" -}}
{{- end -}}

{{- define "cronlink.name" -}}
{{- include "cronlink.asName" (.Values.nameOverride | default .Chart.Name) -}}
{{- end -}}

{{/*
A release that is called after the chart does not say it twice. A Service's name begins with a letter, which a release's need not.
*/}}
{{- define "cronlink.fullname" -}}
{{- $name := include "cronlink.name" . -}}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- if regexMatch "^[0-9]" $full -}}{{- $full = printf "release-%s" $full -}}{{- end -}}
{{- include "cronlink.asName" (.Values.fullnameOverride | default $full) -}}
{{- end -}}

{{- define "cronlink.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (ternary (include "cronlink.fullname" .) "default" .Values.serviceAccount.create) -}}
{{- end -}}

{{/* Whom the service, the disruption budget and the policies mean. A deployment's can never change. */}}
{{- define "cronlink.selectorLabels" -}}
app.kubernetes.io/name: {{ include "cronlink.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{/* The test's pod must not be taken for one of the service's. */}}
{{- define "cronlink.testSelectorLabels" -}}
app.kubernetes.io/name: {{ printf "%s-test" (include "cronlink.name" . | trunc 58) | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{- define "cronlink.releaseLabels" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | quote }}
{{- end -}}

{{- define "cronlink.labels" -}}
{{ include "cronlink.selectorLabels" . }}
{{ include "cronlink.releaseLabels" . }}
{{- end -}}

{{- define "cronlink.image" -}}
{{- with .Values.image -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ with .digest }}@{{ . }}{{ end }}
{{- end -}}
{{- end -}}

{{/* In the value of a variable Kubernetes replaces $(NAME), and takes $$ for a $. */}}
{{- define "cronlink.variable" -}}
- name: {{ .name }}
  value: {{ .value | toString | replace "$" "$$" | quote }}
{{- end -}}

{{- define "cronlink.secretVariable" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret | quote }}
      key: {{ .key | quote }}
{{- end -}}

{{/* The two variables of a login: username, if not given, and password, if not inline, are the existing secret's. */}}
{{- define "cronlink.login" -}}
{{- $from := .login.existingSecret -}}
{{- if .login.username -}}
{{ include "cronlink.variable" (dict "name" .username "value" .login.username) }}
{{- else -}}
{{ include "cronlink.secretVariable" (dict "name" .username "secret" $from.name "key" $from.usernameKey) }}
{{- end }}
{{ if $from.name -}}
{{ include "cronlink.secretVariable" (dict "name" .password "secret" $from.name "key" $from.passwordKey) }}
{{- else -}}
{{ include "cronlink.secretVariable" (dict "name" .password "secret" (include "cronlink.fullname" .root) "key" .key) }}
{{- end -}}
{{- end -}}

{{- define "cronlink.jobsName" -}}
{{- printf "%s-jobs" (include "cronlink.fullname" . | trunc 58 | trimSuffix "-") -}}
{{- end -}}

{{- define "cronlink.jobsFolder" -}}
/etc/cronlink/jobs
{{- end -}}

{{- define "cronlink.rootCertificateFolder" -}}
/etc/cronlink/database
{{- end -}}

{{- define "cronlink.hasRootCertificate" -}}
{{- with .Values.database.rootCertificate -}}
{{- if or .configMap .secret -}} true {{- end -}}
{{- end -}}
{{- end -}}

{{/* Java's driver knows no public authorities unless it is told to ask Java for them. */}}
{{- define "cronlink.jdbcUrl" -}}
{{- $database := .Values.database -}}
{{- $address := "$(DATABASE_HOST):$(DATABASE_PORT)" -}}
{{- if $database.host -}}
{{- $address = printf "%s:%d" (ternary (printf "[%s]" $database.host) $database.host (contains ":" $database.host)) (int $database.port) -}}
{{- end -}}
{{- $trust := "" -}}
{{- if include "cronlink.hasRootCertificate" . -}}
{{- $trust = printf "&sslrootcert=%s/ca.crt" (include "cronlink.rootCertificateFolder" .) -}}
{{- else if hasPrefix "verify-" $database.sslmode -}}
{{- $trust = "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory" -}}
{{- end -}}
jdbc:postgresql://{{ $address }}/{{ $database.name | urlquery | default "$(DATABASE_NAME)" }}?sslmode={{ $database.sslmode }}{{ $trust }}
{{- end -}}

{{- define "cronlink.databaseEnv" -}}
{{- with .Values.database -}}
{{- $from := .existingSecret -}}
{{- if not .host }}
{{ include "cronlink.secretVariable" (dict "name" "DATABASE_HOST" "secret" $from.name "key" $from.hostKey) }}
{{ include "cronlink.secretVariable" (dict "name" "DATABASE_PORT" "secret" $from.name "key" $from.portKey) }}
{{- end }}
{{- if not .name }}
{{ include "cronlink.secretVariable" (dict "name" "DATABASE_NAME" "secret" $from.name "key" $from.databaseKey) }}
{{- end }}
- name: SPRING_DATASOURCE_URL
  value: {{ include "cronlink.jdbcUrl" $ | quote }}
{{ include "cronlink.login" (dict "root" $ "login" . "username" "SPRING_DATASOURCE_USERNAME" "password" "SPRING_DATASOURCE_PASSWORD" "key" "database-password") }}
{{ include "cronlink.variable" (dict "name" "SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE" "value" .poolSize) }}
{{- if include "cronlink.isLogin" .administrator }}
{{ include "cronlink.login" (dict "root" $ "login" .administrator "username" "SPRING_FLYWAY_USER" "password" "SPRING_FLYWAY_PASSWORD" "key" "administrator-password") }}
{{- end }}
{{- end -}}
{{- end -}}

{{- define "cronlink.isLogin" -}}
{{- if or .username .existingSecret.name -}} true {{- end -}}
{{- end -}}

{{- define "cronlink.securityEnv" -}}
{{ include "cronlink.login" (dict "root" . "login" .Values.security "username" "CRONLINK_SECURITY_USERNAME" "password" "CRONLINK_SECURITY_PASSWORD" "key" "admin-password") }}
{{- range $number, $user := .Values.security.users }}
{{- $prefix := printf "CRONLINK_SECURITY_USERS_%d_" $number }}
{{ include "cronlink.variable" (dict "name" (print $prefix "NAME") "value" $user.name) }}
{{ include "cronlink.variable" (dict "name" (print $prefix "ROLE") "value" $user.role) }}
{{- if $user.existingSecret }}
{{ include "cronlink.secretVariable" (dict "name" (print $prefix "PASSWORD") "secret" $user.existingSecret.name "key" ($user.existingSecret.passwordKey | default "password")) }}
{{- else }}
{{ include "cronlink.secretVariable" (dict "name" (print $prefix "PASSWORD") "secret" (include "cronlink.fullname" $) "key" (printf "user-%d-password" $number)) }}
{{- end }}
{{- end }}
{{- end -}}

{{/* All that the chart itself tells the service. */}}
{{- define "cronlink.env" -}}
{{- include "cronlink.databaseEnv" . }}
{{- with .Values.loopback }}
{{- range $name, $value := dict "HOST" .host "PORT" .port "SSLMODE" .sslmode "SSLROOTCERT" .sslrootcert }}
{{- if $value }}
{{ include "cronlink.variable" (dict "name" (print "CRONLINK_LOOPBACK_" $name) "value" $value) }}
{{- end }}
{{- end }}
{{- end }}
{{- if include "cronlink.isLogin" .Values.jobs }}
{{ include "cronlink.login" (dict "root" . "login" .Values.jobs "username" "CRONLINK_JOBS_USERNAME" "password" "CRONLINK_JOBS_PASSWORD" "key" "jobs-password") }}
{{- end }}
{{- if .Values.jobs.files }}
{{ include "cronlink.variable" (dict "name" "CRONLINK_JOBS_DIRECTORY" "value" (include "cronlink.jobsFolder" .)) }}
{{- end }}
{{- if .Values.jobs.prune }}
{{ include "cronlink.variable" (dict "name" "CRONLINK_JOBS_PRUNE" "value" "true") }}
{{- end }}
{{ include "cronlink.securityEnv" . }}
{{- end -}}

{{/* The names of all properties that a file of settings has, one a line. */}}
{{- define "cronlink.properties" -}}
{{- $path := .path -}}
{{- if kindIs "map" .value -}}
{{- range $key, $value := .value -}}
{{- include "cronlink.properties" (dict "path" (ternary (print $path "." $key) $key (ne $path "")) "value" $value) -}}
{{- end -}}
{{- else if kindIs "slice" .value -}}
{{- range .value -}}
{{- include "cronlink.properties" (dict "path" (print $path "[]") "value" .) -}}
{{- end -}}
{{- else -}}
{{- print $path "\n" -}}
{{- end -}}
{{- end -}}

{{/*
Whether a property or a variable moves the service away from where probes, Service and ingress look for it. Spring takes a name with and
without dashes and underscores, in any case.
*/}}
{{- define "cronlink.moves" -}}
{{- $moving := "serverport|serveraddress|serverssl.*|serverservletcontextpath|springmvcservletpath|managementserver.*|managementendpointsweb(basepath|pathmapping).*" -}}
{{- if regexMatch (printf "^(%s)$" $moving) (regexReplaceAll "[-_.]" . "" | lower) -}} true {{- end -}}
{{- end -}}

{{/* The passwords that are in the values, by the key under which the chart's secret has them. */}}
{{- define "cronlink.givenPasswords" -}}
{{- $given := dict
        "database-password" .Values.database.password
        "administrator-password" .Values.database.administrator.password
        "jobs-password" .Values.jobs.password
        "admin-password" .Values.security.password }}
{{- range $number, $user := .Values.security.users }}
{{- $_ := set $given (printf "user-%d-password" $number) $user.password }}
{{- end }}
{{- range $key, $password := $given }}
{{- if $password }}
{{ $key }}: {{ $password | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "cronlink.generatesPassword" -}}
{{- with .Values.security -}}
{{- if not (or .password .existingSecret.name) -}} true {{- end -}}
{{- end -}}
{{- end -}}
