# shellcheck shell=bash disable=SC2034  # read by the files that are sourced after this one
# Names, folders and addresses. LANDFALL_CACHE, LANDFALL_RUN and LANDFALL_NETWORK change them.

readonly kubernetes_version=1.20.2
readonly node_name=landfall-node
readonly pause_image=landfall.test/pause:3.2

readonly cache_folder=${LANDFALL_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/landfall}/kubernetes-$kubernetes_version
readonly run_folder=${LANDFALL_RUN:-/run/landfall/e2e}
readonly state_folder=$run_folder/state
readonly log_folder=$run_folder/logs
readonly admin_kubeconfig=$run_folder/kubeconfig
readonly containerd_socket=$state_folder/containerd/containerd.sock

# The first two numbers of a /16 that belongs to the cluster as a whole.
readonly network=${LANDFALL_NETWORK:-10.201}
readonly host_address=$network.0.1
readonly node_address=$network.0.2
readonly pod_range=$network.64.0/24
readonly external_range=$network.128.0/24
readonly service_range=$network.192.0/20
readonly kubernetes_service_address=$network.192.1
readonly api_url=https://$node_address:6443
readonly host_interface=landfall0

check_settings() {
  [[ $network =~ ^[0-9]{1,3}\.[0-9]{1,3}$ ]] \
    || fail "LANDFALL_NETWORK is '$network'; give the first two numbers of a free /16, such as 10.202."
  [[ $run_folder =~ ^/[A-Za-z0-9._/-]+$ && $cache_folder =~ ^/[A-Za-z0-9._/-]+$ ]] \
    || fail "LANDFALL_RUN and LANDFALL_CACHE must be absolute paths of plain letters, digits, '.', '_' and '-'."
  # Names of Unix sockets are limited to 107 bytes, and the longest adds 40 to this folder's.
  ((${#run_folder} <= 60)) \
    || fail "LANDFALL_RUN is too long for the sockets in it; give a path of at most 60 characters."
}
