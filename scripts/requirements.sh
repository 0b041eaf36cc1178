#!/bin/sh
# Writes requirements/*.txt anew from pyproject.toml: exact versions with hashes, no addresses.
# Versions already in the files are kept while they still fit; `--upgrade` takes the newest.
set -eu
cd "$(dirname "$0")/.."

compile() {
    out="requirements/$1.txt"
    shift
    # No settings of this machine: the hashes must be those of the public packages.
    .venv/bin/uv --no-config pip compile --quiet --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
        --output-file "$out" "$@" >/dev/null
    echo "$out"
}

compile uv --group installer "$@"
compile run pyproject.toml "$@"
compile dev pyproject.toml --group dev --constraint requirements/run.txt "$@"
