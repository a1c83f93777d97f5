# The image: one native binary, no shell, not root. Multi-arch by building once on each platform and joining the
# results (docs/install.md): the native compiler links with the libraries of the platform that it runs on, and the SDK
# does not run under QEMU.

# The version is that of global.json: another one asks for another compiler than the lock file names.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0.401-noble
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled

FROM ${SDK_IMAGE} AS build
ARG COMMIT=
# CI makes a restore hold to the lock files.
ENV CI=true \
    DOTNET_CLI_TELEMETRY_OPTOUT=1 \
    DOTNET_NOLOGO=1
WORKDIR /source

COPY .ci/install-native-toolchain .ci/
RUN .ci/install-native-toolchain

# Apart from the sources, so that their change fetches no packages.
COPY .editorconfig BannedSymbols.txt Directory.Build.props Directory.Packages.props global.json ./
COPY src/StsWebhook.Core/StsWebhook.Core.csproj src/StsWebhook.Core/packages.lock.json src/StsWebhook.Core/
COPY src/StsWebhook/StsWebhook.csproj src/StsWebhook/Native.props src/StsWebhook/packages.lock.json src/StsWebhook/
RUN dotnet restore src/StsWebhook

COPY src src
# TARGETARCH is set by BuildKit; older builders build for the machine that they run on.
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
      org.opencontainers.image.description="Makes the pods of a cluster call the AWS STS endpoint of their own region." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$COMMIT"
COPY LICENSE src/StsWebhook.Core/Regions/partitions.NOTICE /usr/share/doc/sts-webhook/
COPY --from=build /source/publish/sts-webhook /usr/local/bin/sts-webhook
# Each arena of the C library keeps what OpenSSL gave back to it, and there would be eight for each processor.
ENV MALLOC_ARENA_MAX=2
# The images' own user that is not root, by number: the kubelet checks runAsNonRoot by it.
USER 1654
EXPOSE 8443 8080
ENTRYPOINT ["/usr/local/bin/sts-webhook"]
CMD ["serve"]
