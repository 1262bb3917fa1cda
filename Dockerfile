# Ramure in a container: one static program, no shell, no root.
#
#   docker build -t ramure .
#   docker run -p 8080:8080 -v ramure:/data -e RAMURE_BASE_URL=https://badges.example ramure
#
# RAMURE_BASE_URL is in every credential and can't change later: set it before
# the first start. /data holds the SQLite file and the master key: keep both.

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -tags nomsgpack -ldflags "-s -w" -o /out/ramure ./cmd/ramure \
 && mkdir -p /out/data /out/tmp

FROM scratch
LABEL org.opencontainers.image.title="Ramure" \
      org.opencontainers.image.licenses="AGPL-3.0-or-later"
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /src/LICENSE /LICENSE
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/tmp /tmp
COPY --from=build /out/ramure /ramure
USER 65532:65532
ENV RAMURE_LISTEN=0.0.0.0:8080 \
    RAMURE_DATA_DIR=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=10s --retries=3 CMD ["/ramure", "health"]
ENTRYPOINT ["/ramure"]
CMD ["serve"]
