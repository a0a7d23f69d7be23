# shellcheck shell=bash
# Container images without a registry: packed as docker archives, imported into our own containerd.

# pack_image ARCHIVE NAME ROOT ENTRYPOINT: one layer, holding everything under ROOT.
pack_image() {
  local archive=$1 name=$2 root=$3 entrypoint=$4 layout digest
  layout=$(mktemp -d)
  reproducible_tar "$layout/layer.tar" "$root"
  digest=$(sha256sum "$layout/layer.tar" | cut -d ' ' -f 1)
  printf '{"architecture":"%s","os":"linux","config":{"Entrypoint":["%s"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$(dpkg --print-architecture)" "$entrypoint" "$digest" >"$layout/config.json"
  printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$name" >"$layout/manifest.json"
  reproducible_tar "$archive" "$layout"
  rm -r "$layout"
}

reproducible_tar() {
  tar --create --file "$1" --directory "$2" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner .
}

ours_ctr() { ctr --address "$containerd_socket" --namespace k8s.io "$@"; }

# Kubernetes sees an image a moment after containerd does, and a pod that comes earlier waits for ten seconds.
is_seen_by_kubernetes() {
  ours_ctr images list --quiet "labels.\"io.cri-containerd.image\"==managed" | grep --quiet --fixed-strings --line-regexp "$1"
}

import_image() {
  local file=$1 output name
  output=$(ours_ctr images import "$file" 2>&1) || fail "$file is not a docker archive that containerd can import: ${output##*$'\n'}"
  for name in $(sed -nE 's/^unpacking ([^ ]+) .*/\1/p' <<<"$output"); do
    wait_until 10 "making $name known to Kubernetes" is_seen_by_kubernetes "$name"
    echo "$name"
  done
}

command_load_image() {
  local file=$1 name names
  require_root load-image
  [[ -r $file ]] || fail "there is no file $file to load."
  component_pid containerd >/dev/null || fail "the cluster is not up; run 'cluster up' first."
  names=$(import_image "$file")
  for name in $names; do
    step "Loaded $name"
  done
}
