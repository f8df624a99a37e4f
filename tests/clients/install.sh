#!/usr/bin/env bash
# Installs the programs of all clients, at pinned versions: those from PyPI into one virtual environment,
# target/clients, those from npm into one folder, tests/node_modules. Both stay until their list changes.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Installs by a list unless a copy of the list says that it was done before.
once() {
  local list=$1 done=$2
  shift 2
  cmp --silent "$list" "$done" || { "$@" && cp "$list" "$done"; }
}

python() {
  python3 -m venv --clear target/clients &&
    target/clients/bin/pip install --quiet --disable-pip-version-check --requirement tests/clients/requirements.txt
}

# The script of the package would make it executable, but no package runs scripts here.
node() {
  npm ci --prefix tests --silent &&
    chmod u+x tests/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
}

once tests/clients/requirements.txt target/clients/requirements.txt python &
once tests/package-lock.json tests/node_modules/package-lock.json node
wait $!
