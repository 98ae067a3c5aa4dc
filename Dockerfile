FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish server -c Release --os linux --self-contained false -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# The folder belongs to the user of the base image, so that a new volume does as well; nothing else is written.
RUN mkdir /data && chown $APP_UID:$APP_UID /data
COPY --from=build /app /app
ENV DOTNET_EnableDiagnostics=0 HOMER_DATA=/data HOMER_HEP=0.0.0.0:9060 HOMER_HTTP=0.0.0.0:9080
USER $APP_UID
WORKDIR /data
VOLUME /data
EXPOSE 9060/udp 9060/tcp 9080/tcp
# The image has no curl.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9080 && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["/app/homer"]
