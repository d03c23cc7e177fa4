# A static program and nothing else. Build: docker build --build-arg VERSION=v1.0.0 -t frontdesk .
# Run:   docker run -v frontdesk:/var/lib/frontdesk -v /etc/frontdesk:/etc/frontdesk:ro \
#          -v /etc/frontdesk/telegram_token:/run/secrets/telegram_token:ro -p 127.0.0.1:8080:8080 frontdesk
# In its configuration: storage.url bolt:/var/lib/frontdesk/desk.db, storage.files and admin.socket
# below /var/lib/frontdesk too, http.listen :8080, telegram.token file:/run/secrets/telegram_token.

FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -buildid= -X main.version=${VERSION}" \
        -o /out/frontdesk ./cmd/frontdesk \
    && mkdir -p /out/var/lib/frontdesk

FROM scratch
# For the certificate of the Bot API; time zones are in the program.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/frontdesk /usr/local/bin/frontdesk
COPY --from=build --chown=65532:65532 --chmod=0700 /out/var/lib/frontdesk /var/lib/frontdesk
USER 65532:65532
WORKDIR /var/lib/frontdesk
VOLUME /var/lib/frontdesk
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=12s --start-period=30s --retries=3 \
    CMD ["/usr/local/bin/frontdesk", "status", "--quiet", "--config", "/etc/frontdesk/config.yaml"]
ENTRYPOINT ["/usr/local/bin/frontdesk"]
CMD ["serve", "--config", "/etc/frontdesk/config.yaml"]
