# The image contains one native binary, has no shell, and does not run as root. For a multi-platform image, build on each
# platform and join the results (docs/install.md): the native compiler links with the libraries of the platform it runs
# on, and the SDK does not run under QEMU.

# The SDK version of global.json: another version would require another compiler package than the lock file names.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0.401-noble
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled

FROM ${SDK_IMAGE} AS build
ARG COMMIT=
# With CI=true, restore uses exactly the versions of the lock files.
ENV CI=true \
    DOTNET_CLI_TELEMETRY_OPTOUT=1 \
    DOTNET_NOLOGO=1
WORKDIR /source

COPY .ci/install-native-toolchain .ci/
RUN .ci/install-native-toolchain

# A separate layer: a change of the sources does not download the packages again.
COPY .editorconfig BannedSymbols.txt Directory.Build.props Directory.Packages.props global.json ./
COPY src/StsWebhook.Core/StsWebhook.Core.csproj src/StsWebhook.Core/packages.lock.json src/StsWebhook.Core/
COPY src/StsWebhook/StsWebhook.csproj src/StsWebhook/Native.props src/StsWebhook/packages.lock.json src/StsWebhook/
RUN dotnet restore src/StsWebhook

COPY src src
# BuildKit sets TARGETARCH. Older builders build for the platform they run on.
ARG TARGETARCH=
RUN case "${TARGETARCH:-$(uname -m)}" in \
      amd64 | x86_64) runtime=linux-x64 ;; \
      arm64 | aarch64) runtime=linux-arm64 ;; \
      *) echo "no build for ${TARGETARCH:-$(uname -m)}: amd64 and arm64 are supported" >&2; exit 1 ;; \
    esac && \
    dotnet publish src/StsWebhook --configuration Release --runtime "$runtime" --no-restore \
      --output publish "-property:SourceRevisionId=$COMMIT"

FROM ${RUNTIME_IMAGE}
ARG COMMIT=
ARG VERSION=
LABEL org.opencontainers.image.title="sts-webhook" \
      org.opencontainers.image.description="Configures pods to call the AWS STS endpoint of the region they run in." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$COMMIT"
COPY LICENSE src/StsWebhook.Core/Regions/partitions.NOTICE /usr/share/doc/sts-webhook/
COPY --from=build /source/publish/sts-webhook /usr/local/bin/sts-webhook
# Limits the memory arenas of the C library (default: eight per CPU), because each keeps memory that OpenSSL has freed.
ENV MALLOC_ARENA_MAX=2
# The non-root user of the base image, as a number: the kubelet needs a number to verify runAsNonRoot.
USER 1654
EXPOSE 8443 8080
ENTRYPOINT ["/usr/local/bin/sts-webhook"]
CMD ["serve"]
