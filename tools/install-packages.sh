#!/usr/bin/env bash
# Installs the Debian packages of tools/packages.txt that are missing. Nothing to do: no network, no root, a few milliseconds.
set -euo pipefail
list="$(dirname "$0")/packages.txt"
missing=()
# Also what an installed package provides: some builds of nodejs come with npm and conflict with Debian's.
installed=" $(dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' 2>/dev/null | awk '$1 == "installed" { $1 = ""; gsub(/\([^)]*\)|,/, ""); print }' | tr '\n' ' ') "
while read -r package; do
  [[ -z "$package" || "$installed" == *" $package "* ]] || missing+=("$package")
done <"$list"
[[ ${#missing[@]} -eq 0 ]] && exit 0

root=()
if [[ $(id -u) -ne 0 ]]; then
  command -v sudo >/dev/null || { echo "missing packages: ${missing[*]}; install them as root" >&2; exit 1; }
  root=(sudo)
fi
echo "installing ${#missing[@]} Debian packages" >&2
"${root[@]}" apt-get update -qq
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
