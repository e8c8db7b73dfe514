# The portal (web, worker, beat) and the proxy before it. The first stage builds, the others only run.
FROM python:3.11.13-slim-bookworm AS build
ENV UV_PROJECT_ENVIRONMENT=/opt/venv UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /app
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --all-extras
COPY manage.py ./
COPY portal portal
COPY organizations organizations
COPY listings listings
COPY moderation moderation
COPY templates templates
COPY locale locale
RUN SECRET_KEY=build VAR_DIR=/app/var /opt/venv/bin/python manage.py compile_catalogues \
    && SECRET_KEY=build VAR_DIR=/app/var /opt/venv/bin/python manage.py collectstatic --noinput \
    && rm -f var/portal.sqlite3 var/secret_key \
    && mkdir -p var/media \
    && /opt/venv/bin/python -m compileall -q manage.py portal organizations listings moderation

# Static files and the configuration are in the image, so that they are of the same release as the portal.
FROM nginxinc/nginx-unprivileged:1.28.0-alpine3.21 AS proxy
COPY deploy/nginx /etc/portal-proxy
COPY --from=build /app/var/static /srv/static
EXPOSE 8080 8443
STOPSIGNAL SIGQUIT
CMD ["nginx", "-e", "stderr", "-c", "/etc/portal-proxy/nginx.conf", "-g", "daemon off;"]

FROM python:3.11.13-slim-bookworm AS portal
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/tmp VAR_DIR=/app/var
# For `manage.py backup` and `restore`; of the same release as the database.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client-15 && rm -rf /var/lib/apt/lists/*
RUN groupadd --system --gid 10001 portal && useradd --system --uid 10001 --gid 10001 --home-dir /app portal
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
# All else belongs to root, so that the portal cannot change itself where the file system is not read-only.
RUN chown portal:portal /app/var/media
WORKDIR /app
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/health/live', headers={'X-Forwarded-Proto': 'https'}), timeout=4)"]
CMD ["gunicorn", "--config", "python:portal.running.web_server", "portal.wsgi"]
