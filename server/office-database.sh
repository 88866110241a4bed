#!/usr/bin/env bash
# Set up, back up, restore and move the office database on a PostgreSQL server. Asks nothing.
#
#   office-database.sh setup NAME USER PASSWORD-FILE [NETWORK ...]
#   office-database.sh backup NAME FOLDER [KEEP-DAYS]
#   office-database.sh restore NAME FILE
#   office-database.sh move NAME FROM-ADDRESS
#
# Run on the server, as a user who may administer it (postgres). PGHOST, PGPORT and PGUSER are used
# as by psql. Every command may be repeated: what is there already stays as it is.
set -euo pipefail
umask 077 # what is made here is its maker's alone

fail() { echo "$*" >&2; exit 2; }
quiet() { psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 "$@"; }
has_database() { [[ "$(quiet -At -d postgres -v name="$1" <<<"SELECT 1 FROM pg_database WHERE datname = :'name'")" == 1 ]]; }

setup() {
  local name=$1 user=$2 password_file=$3
  shift 3
  [[ -s "$password_file" ]] || fail "Thiếu tệp mật khẩu: $password_file"
  # The password goes in by standard input: it stands in no command line, and in no log of the
  # server either, whatever that is told to log (only a superuser may say so).
  {
    echo "SELECT 'SET ' || told FROM unnest(ARRAY['log_statement = none',"
    echo "  'log_min_error_statement = panic', 'log_min_duration_statement = -1',"
    echo "  'log_min_duration_sample = -1', 'log_transaction_sample_rate = 0']) AS told"
    echo "WHERE (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) \\gexec"
    echo "SET password_encryption = 'scram-sha-256';"
    echo "SELECT format('CREATE ROLE %I LOGIN', :'user')"
    echo "WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = :'user') \\gexec"
    printf "\\\\set password \`cat %q\`\n" "$password_file"
    echo "SELECT format('ALTER ROLE %I PASSWORD %L', :'user', :'password') \\gexec"
    echo "SELECT format('CREATE DATABASE %I OWNER %I ENCODING ''UTF8'' TEMPLATE template0', :'name', :'user')"
    echo "WHERE NOT EXISTS (SELECT 1 FROM pg_database WHERE datname = :'name') \\gexec"
    echo "SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'name') \\gexec"
  } | quiet -d postgres -v name="$name" -v user="$user"
  local hba network line
  hba=$(quiet -At -d postgres -c 'SHOW hba_file')
  for network in "$@"; do
    line="host $name $user $network scram-sha-256"
    grep -qxF "$line" "$hba" || echo "$line" >>"$hba"
  done
  if (($#)); then
    quiet -d postgres -c "ALTER SYSTEM SET listen_addresses = '*'"
    quiet -At -d postgres -c 'SELECT pg_reload_conf()' >/dev/null
    [[ "$(quiet -At -d postgres -c 'SHOW listen_addresses')" == '*' ]] ||
      echo "Khởi động lại PostgreSQL một lần để máy khác kết nối được."
  fi
  echo "Đã có cơ sở dữ liệu $name của $user."
}

backup() {
  local name=$1 folder=$2 keep=${3:-30} file
  mkdir -p "$folder"
  file="$folder/$name-$(date +%Y%m%d-%H%M%S).dump"
  # Written whole under another name first: a backup that is there is complete. The key that makes
  # digests of citizens' numbers is deleted with its day, so no backup keeps it.
  pg_dump --format=custom --no-owner --exclude-table-data=day_key --file "$file.part" "$name"
  pg_restore --list "$file.part" >/dev/null
  mv "$file.part" "$file"
  find "$folder" -name "$name-*.dump" -mtime "+$keep" -delete
  echo "$file"
}

restore() {
  local name=$1 file=$2
  [[ -s "$file" ]] || fail "Không có tệp sao lưu: $file"
  has_database "$name" || fail "Chưa có cơ sở dữ liệu $name; hãy chạy setup trước."
  local owner
  owner=$(quiet -At -d postgres -v name="$name" <<<"SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = :'name'")
  pg_restore --clean --if-exists --no-owner --role="$owner" --single-transaction \
    --exit-on-error --dbname "$name" "$file"
  echo "Đã phục hồi $name."
}

move() {
  local name=$1 from=$2
  moved=$(mktemp) # not local: the trap outlives this function
  trap 'rm -f "$moved"' EXIT
  pg_dump --format=custom --no-owner --file "$moved" "$from"
  restore "$name" "$moved"
}

command=${1:-}
case "$command:$#" in
  setup:[4-9] | backup:[34] | restore:3 | move:3) shift && "$command" "$@" ;;
  *) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
esac
