#!/usr/bin/env bash
# Tries what the repository publishes with the programs that people use: editors, code generators, readers of
# reports, checkers of workflows and pre-commit. What each must accept or report is in the tests beside this file.
set -euo pipefail
cd "$(dirname "$0")/../.."

tests/clients/install.sh
target/clients/bin/python -m unittest discover --start-directory tests/clients --verbose
node --test tests/clients/*.test.js
