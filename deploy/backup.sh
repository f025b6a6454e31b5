#!/usr/bin/env bash
# Backs PostgreSQL up so that a minute at most is lost, and opens what was kept.
#
#   backup.sh take                   a base backup, verified; older ones go; prints when it began
#   backup.sh archive FILE NAME      one file of the log: PostgreSQL's archive_command, %p %f
#   backup.sh unpack BACKUP FOLDER   a base backup into an empty folder, verified again
#   backup.sh fetch NAME FILE        one file of the log: PostgreSQL's restore_command, %f %p
#
# Settings, from the environment; PostgreSQL is found by its own (PGHOST, PGUSER, …):
#   FFIT_BACKUPS             the folder that keeps them, on another disk or machine
#   FFIT_BACKUP_KEY          a file with the public key, of age or GnuPG, for which all is encrypted;
#                            without one nothing is
#   FFIT_BACKUP_PRIVATE_KEY  a file with age's private key, to open them; GnuPG asks its own keyring
#   FFIT_BACKUP_DAYS         how long they are kept (35)
#   FFIT_BACKUP_STAGING      a folder on this machine's own disk for the backup in the making
#   FFIT_BACKUP_RECORD       a command that is told `--taken-at MOMENT` once a backup is safe:
#                            "docker compose exec -T worker python manage.py record_backup"
#
# The folders of the surveys' keys are no part of it: they must never lie beside a backup.

set -euo pipefail
umask 077

backups=${FFIT_BACKUPS:?is the folder that keeps the backups}
key=${FFIT_BACKUP_KEY:-}
days=${FFIT_BACKUP_DAYS:-35}
stage='' partial=''
trap 'rm -rf -- ${stage:+"$stage"} ${partial:+"$partial"}' EXIT

refuse() {
    echo "backup.sh: $*" >&2
    exit 1
}

ending() {
    case $(head -c 4 -- "${key:-/dev/null}") in
        age1) echo .age ;;
        ----) [[ $(head -1 -- "$key") == *"PGP PUBLIC KEY"* ]] && echo .gpg ;;
        "") [[ -z $key ]] ;;
        *) false ;;
    esac || refuse "$key is no public key of age or GnuPG."
}

# From standard input to standard output.
seal() {
    case $1 in
        .age) age --encrypt --recipients-file "$key" ;;
        .gpg) seal_by_gpg ;;
        *) cat ;;
    esac
}

# PostgreSQL's user may have no home, and a key in a file needs no keyring.
seal_by_gpg() {
    local home status=0
    home=$(mktemp --directory)
    gpg --homedir "$home" --batch --quiet --trust-model always --encrypt --recipient-file "$key" \
        || status=$?
    rm -rf -- "$home"
    return "$status"
}

open() {
    case $1 in
        *.age) age --decrypt --identity "${FFIT_BACKUP_PRIVATE_KEY:?is age’s private key}" "$1" ;;
        *.gpg) gpg --batch --quiet --decrypt "$1" ;;
        *) cat -- "$1" ;;
    esac
}

# keep FILE COMMAND …: what the command prints is there whole, also after a power cut, or not at all.
keep() {
    local file=$1
    partial=$file.$$.part
    "${@:2}" > "$partial"
    sync -- "$partial"
    mv -- "$partial" "$file"
    sync -- "$(dirname -- "$file")"
    partial=''
}

sealed_file() { gzip --fast < "$1" | seal "$2"; }

sealed_folder() { tar --create --directory "$1" . | gzip --fast | seal "$2"; }

archive() {
    local file=$1 name=$2 kind sum
    kind=$(ending)
    mkdir -p -- "$backups/log"
    sum=$(sha256sum < "$file")
    if [[ -e $backups/log/$name$kind ]]; then
        # After a crash PostgreSQL may bring a file again, and never another of the same name.
        [[ $(cat -- "$backups/log/$name.sum") == "$sum" ]] || refuse "another $name is kept already."
        return
    fi
    keep "$backups/log/$name.sum" echo "$sum"
    keep "$backups/log/$name$kind" sealed_file "$file" "$kind"
}

fetch() {
    local name=$1 file=$2 kept
    for kept in "$backups/log/$name" "$backups/log/$name".{age,gpg}; do
        if [[ -e $kept ]]; then
            # Past 125 PostgreSQL stops: what is kept and does not open is not the log's end.
            open "$kept" | gzip --decompress > "$file" || exit 200
            return
        fi
    done
    exit 1  # It asks for files that are still to come.
}

take() {
    local kind began name base
    kind=$(ending)
    mkdir -p -- "$backups/base" "$backups/log"
    exec 9> "$backups/.lock"
    flock --nonblock 9 || refuse "another backup is being taken."
    began=$(date --utc +%Y-%m-%dT%H:%M:%S+00:00)
    name=ffit-$(date --utc --date="$began" +%Y%m%dT%H%M%SZ).tar.gz
    stage=$(mktemp --directory -- "${FFIT_BACKUP_STAGING:-$backups}/ffit-backup.XXXXXX")
    pg_basebackup --no-password --checkpoint=fast --manifest-checksums=SHA256 --pgdata "$stage/data" >&2
    pg_verifybackup --quiet "$stage/data" >&2
    rm -f -- "$backups"/base/*.part
    keep "$backups/base/$name$kind" sealed_folder "$stage/data" "$kind"
    touch --date="$began" -- "$backups/base/$name$kind"
    if [[ -n ${FFIT_BACKUP_RECORD:-} ]]; then
        local record
        read -ra record <<< "$FFIT_BACKUP_RECORD"
        "${record[@]}" --taken-at "$began" >&2
    fi
    # What is older goes; of the log all that was kept before the oldest backup began.
    find "$backups/base" -name 'ffit-*' ! -newermt "$days days ago" -delete
    base=("$backups"/base/ffit-*)
    find "$backups/log" -type f ! -newer "${base[0]}" ! -name '*.history*' -delete
    echo "$began"
}

unpack() {
    local backup=$1 folder=$2
    [[ -d $folder && -z $(ls -A -- "$folder") ]] || refuse "$folder must be an empty folder."
    open "$backup" | gzip --decompress | tar --extract --directory "$folder" --no-same-owner
    pg_verifybackup --quiet "$folder" >&2
}

case "${1:-take} $#" in
    "take 0" | "take 1") take ;;
    "archive 3") archive "$2" "$3" ;;
    "fetch 3") fetch "$2" "$3" ;;
    "unpack 3") unpack "$2" "$3" ;;
    *) refuse "take, archive FILE NAME, unpack BACKUP FOLDER or fetch NAME FILE" ;;
esac
