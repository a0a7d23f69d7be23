# shellcheck shell=bash
# Debian's source package, from wherever this machine gets its Debian packages.

readonly source_version=1.20.5+really1.20.2

# The machine may list binary packages only, so its own sources are read as sources of source packages, in a private folder.
write_private_sources() {
  local apt=$1 file
  mkdir -p "$apt"/{sources.list.d,lists/partial,cache/archives/partial}
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [[ -r $file ]] || continue
    one_line_sources "$file" >"$apt/sources.list.d/$(basename "$file" .list).list"
  done
  for file in /etc/apt/sources.list.d/*.sources; do
    [[ -r $file ]] || continue
    deb822_sources "$file" >"$apt/sources.list.d/$(basename "$file")"
  done
}

one_line_sources() {
  sed -nE -e '/cdrom:/d' -e 's/^[[:space:]]*deb(-src)?[[:space:]]+/deb-src /p' "$1" | sort -u
}

# A stanza that is switched off stays off; the other fields (Signed-By with its lines among them) are kept as they are.
deb822_sources() {
  sed '/^#/d' "$1" | awk '
    BEGIN { RS = ""; ORS = "\n\n" }
    tolower($0) !~ /(^|\n)enabled:[ \t]*(no|false|without|off|disable)/ {
      gsub(/(^|\n)[Tt]ypes:[^\n]*/, "\nTypes: deb-src"); sub(/^\n/, ""); print
    }'
}

# private_apt FOLDER TOOL ARGUMENTS...: leaves the system's own package lists as they are.
private_apt() {
  local apt=$1 tool=$2
  shift 2
  "$tool" -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$apt/sources.list.d" \
    -o Dir::State::lists="$apt/lists" -o Dir::Cache="$apt/cache" -o APT::Sandbox::User="$(id -un)" "$@"
}

newest_source_version() {
  private_apt "$1" apt-cache showsrc kubernetes \
    | awk -v wanted="$source_version-" '$1 == "Version:" && index($2, wanted) == 1 { print $2 }' | sort -V | tail -n 1
}

# download_source FOLDER: unpacks the source into FOLDER/source.
download_source() {
  local folder=$1 version
  write_private_sources "$folder/apt"
  # One source that does not answer is no reason to give up: what counts is whether the package is found.
  private_apt "$folder/apt" apt-get update || true
  version=$(newest_source_version "$folder/apt")
  [[ -n $version ]] || return 1
  (cd "$folder" && private_apt "$folder/apt" apt-get source --download-only "kubernetes=$version") || return 1
  dpkg-source --no-check --extract "$folder"/kubernetes_*.dsc "$folder/source"
}
