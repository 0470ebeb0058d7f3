# The service for a database of your own: no embedded PostgreSQL, no root, nothing written but below /tmp. See README.md.
#   docker build --tag cronlink .

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml .
# A layer of its own: the dependencies change less often than the code.
RUN mvn --batch-mode --no-transfer-progress dependency:resolve -DincludeScope=runtime
COPY application.yml .
COPY src/main src/main
RUN mvn --batch-mode --no-transfer-progress package -Dmaven.test.skip -Dspotless.check.skip \
        -Dspring-boot.excludeGroupIds=io.zonky.test.postgres \
    && java -Djarmode=tools -jar target/cronlink-*.jar extract --layers --application-filename cronlink.jar --destination layers

FROM eclipse-temurin:25-jre
# The version and its commit: --build-arg VERSION=0.1.0 --build-arg REVISION=$(git rev-parse HEAD)
ARG VERSION=snapshot
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Cronlink" \
      org.opencontainers.image.description="pg_cron for PostgreSQL servers on which pg_cron cannot be installed" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.ref.name=cronlink
# With an arena of the C library for each core, a machine with many would take more than the 256 MB.
ENV LANG=C.UTF-8 LC_ALL=C.UTF-8 \
    MALLOC_ARENA_MAX=2 \
    SERVER_ADDRESS=0.0.0.0 \
    CRONLINK_DATA=/tmp/cronlink
WORKDIR /app
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/application/ ./
COPY src/docker/jvm.options ./
# A trial start, which ends before it connects to anything: the classes that it loads are ready-made in the next one.
RUN java @jvm.options -XX:AOTCacheOutput=cronlink.aot -Xlog:aot=error -Dspring.context.exit=onRefresh \
        -Dspring.flyway.enabled=false -Dspring.datasource.url=jdbc:postgresql://127.0.0.1:1/none \
        -Dcronlink.security.password=none -jar cronlink.jar \
    && test -s cronlink.aot
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --retries=3 \
    CMD ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx8m", "-cp", "cronlink.jar", "io.cronlink.HealthCheck"]
ENTRYPOINT ["java", "@jvm.options", "-XX:AOTCache=cronlink.aot", "-jar", "cronlink.jar"]
