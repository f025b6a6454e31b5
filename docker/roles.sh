#!/bin/sh
# Runs once, when PostgreSQL makes its data folder: the database and a role for each kind of process.
# What each role may do is granted by `manage.py grant_roles` after every migration.
set -eu

psql --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
     --set owner="$(cat /run/secrets/owner_password)" --set web="$(cat /run/secrets/web_password)" \
     --set worker="$(cat /run/secrets/worker_password)" \
     --set counting="$(cat /run/secrets/counting_password)" <<'SQL'
CREATE ROLE ffit_owner LOGIN PASSWORD :'owner';
CREATE ROLE ffit_web LOGIN PASSWORD :'web';
CREATE ROLE ffit_worker LOGIN PASSWORD :'worker';
CREATE ROLE ffit_counting LOGIN PASSWORD :'counting';
CREATE DATABASE ffit OWNER ffit_owner;
REVOKE ALL ON DATABASE ffit FROM PUBLIC;
GRANT CONNECT ON DATABASE ffit TO ffit_web, ffit_worker, ffit_counting;
SQL
