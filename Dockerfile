# The program with the tools that open what people send; not root.
#
#   docker build --build-arg VERSION=$(git describe --tags --always) -t tinbao .
#
# --target bare is the program alone: no shell, no package manager, no tools. In it voices,
# videos, PDFs and HEIC photos are refused (residents are told at once); photos are cleaned
# by the program itself.
FROM golang:1.26 AS build
ARG VERSION=dev
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -buildvcs=false -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/tinbao ./cmd/tinbao \
    && cp /etc/ssl/certs/ca-certificates.crt /out/

# scripts/image builds this stage with the program made outside.
FROM scratch AS bare
ARG VERSION=dev
LABEL org.opencontainers.image.title="tinbao" \
      org.opencontainers.image.description="The Telegram front desk of a ward" \
      org.opencontainers.image.version="${VERSION}"
COPY --from=build /out/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/tinbao /tinbao
USER 65534:65534
ENV TINBAO_HTTP_ADDR=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["/tinbao", "healthcheck"]
ENTRYPOINT ["/tinbao"]
CMD ["serve"]

FROM debian:13-slim AS full
RUN apt-get update \
    && apt-get install -y --no-install-recommends ffmpeg poppler-utils qpdf libjpeg-turbo-progs libheif-examples \
       libheif-plugin-libde265 libheif-plugin-dav1d fonts-liberation \
    && rm -rf /var/lib/apt/lists/*
ARG VERSION=dev
LABEL org.opencontainers.image.title="tinbao" \
      org.opencontainers.image.description="The Telegram front desk of a ward" \
      org.opencontainers.image.version="${VERSION}"
COPY --from=build /out/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/tinbao /tinbao
USER 65534:65534
ENV TINBAO_HTTP_ADDR=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["/tinbao", "healthcheck"]
ENTRYPOINT ["/tinbao"]
CMD ["serve"]
