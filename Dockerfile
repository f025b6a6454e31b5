# One image for every service; docker-compose.yml says which command each runs.

FROM python:3.11.15-slim-bookworm AS front
WORKDIR /srv/ffit
COPY dev package.json package-lock.json .npmrc requirements*.txt ./
COPY devtools/__init__.py devtools/preparation.py devtools/steps.py devtools/
COPY assets assets
RUN ./dev build

FROM python:3.11.15-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/ffit
# What WeasyPrint draws documents with.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
       libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation \
    && rm -rf /var/lib/apt/lists/*
COPY requirements.txt ./
RUN pip install --no-cache-dir --no-deps --only-binary :all: --require-hashes -r requirements.txt
COPY . .
COPY --from=front /srv/ffit/.ffit/static .ffit/static
# The secrets are only long enough to be accepted: they sign nothing and are not kept.
RUN python -m compileall -q . \
    && FFIT_PRODUCTION=1 FFIT_SECRET_KEY=collecting-static-files-needs-no-secret-0123456789 \
       FFIT_TOKEN_KEY=collecting-static-files-needs-no-secret-9876543210 \
       FFIT_STATIC_ROOT=/srv/ffit/collected python manage.py collectstatic --noinput --verbosity 0 \
    && useradd --system --uid 10001 --no-create-home ffit \
    && install --directory --owner ffit --mode 0700 /keys
ENV FFIT_PRODUCTION=1 FFIT_STATIC_ROOT=/srv/ffit/collected
USER ffit
EXPOSE 8000
