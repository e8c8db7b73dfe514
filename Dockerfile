# The web, worker and beat processes. Two stages: the first builds, the second only runs.
FROM python:3.11-slim-bookworm AS build
ENV UV_PROJECT_ENVIRONMENT=/opt/venv UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
WORKDIR /app
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev
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
    && mkdir -p var/media

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/tmp VAR_DIR=/app/var
RUN useradd --system --uid 10001 --home-dir /app portal
COPY --from=build /opt/venv /opt/venv
COPY --from=build --chown=portal:portal /app /app
WORKDIR /app
USER portal
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/static/portal/icon.svg', headers={'X-Forwarded-Proto': 'https'}), timeout=4)"]
CMD ["gunicorn", "portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--access-logfile", "-"]
