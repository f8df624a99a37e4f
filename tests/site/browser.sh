#!/usr/bin/env bash
# Reads the published site in a browser. Chromium comes from the system's packages where it is not there.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v chromium >/dev/null; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" apt-get install -qq -y --no-install-recommends chromium
fi
../clients/install.sh
node --test --test-concurrency=1
