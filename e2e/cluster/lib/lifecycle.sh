# shellcheck shell=bash
# up, down and status.

lock() {
  mkdir -p "$run_folder"
  exec 9>"$run_folder/lock"
  flock --timeout 120 9 || fail "another 'cluster' command has been busy for two minutes; wait for it or end it, then try again."
}

command_up() {
  local begin=$SECONDS
  check_settings
  require_root up
  check_cgroups
  require_run_packages
  is_built || build
  lock
  refuse_foreign_node
  if is_prepared; then
    refuse_other_network
  else
    prepare
  fi
  start_all
  step "Up after $((SECONDS - begin)) s: export KUBECONFIG=$admin_kubeconfig"
}

is_prepared() { [[ -e $state_folder/network ]] && component_pid node >/dev/null; }

refuse_other_network() {
  local current
  current=$(<"$state_folder/network")
  [[ $current == "$network" ]] \
    || fail "the cluster is up with LANDFALL_NETWORK=$current, not $network; run 'cluster down' first, or set it to $current."
}

# A node that is gone, or was never finished, is of no use to anybody: what is left of it is removed without asking.
prepare() {
  if [[ -d $state_folder ]] || ! has_ended; then
    step "Removing what an earlier run left"
    remove_all
  fi
  remove_network
  refuse_taken_network
  rm -rf "$log_folder"
  (umask 077 && mkdir -p "$state_folder"/{pids,stopped,config,cni,etcd} "$log_folder")
  make_cgroups
  make_node
  make_network "$(component_pid node)"
  (umask 077 && make_certificates && make_kubeconfigs)
  write_configuration
  echo "$network" >"$state_folder/network" # the last step: a node without it was never finished
  step "Node $node_address, host $host_address, external addresses $external_range"
}

write_configuration() {
  local file
  for file in containerd.toml kubelet.yaml kube-proxy.yaml resolv.conf; do
    render "$file" >"$state_folder/config/$file"
  done
  render cni.conflist >"$state_folder/cni/10-landfall.conflist"
}

render() {
  sed -e "s|@STATE@|$state_folder|g" -e "s|@PAUSE_IMAGE@|$pause_image|g" -e "s|@NODE_NAME@|$node_name|g" \
    -e "s|@HOST_ADDRESS@|$host_address|g" -e "s|@NODE_ADDRESS@|$node_address|g" -e "s|@POD_RANGE@|$pod_range|g" \
    "$here/config/$1"
}

start_all() {
  local name
  forget_ended_components
  for name in etcd containerd apiserver; do
    start "$name"
  done
  wait_until 30 "containerd's readiness" ours_ctr version
  import_image "$cache_folder/pause.tar" >/dev/null
  start kubelet # before the API server answers, for it first looks for Docker for five seconds
  wait_until 120 "the API server's readiness" api_is_ready
  start controller-manager
  start scheduler
  # kube-proxy asks for its node's address rarely, and waits long when there is no such node yet.
  wait_until 120 "the node's registration" kubectl_ours get node "$node_name"
  start kube-proxy
  wait_until 120 "the node's readiness" node_is_ready
  wait_until 60 "making the first service account" kubectl_ours get serviceaccount default
  wait_until 60 "kube-proxy's first rules" has_service_rules
}

# One that ended by itself is started again by 'up', so it is not an error then.
forget_ended_components() {
  local name
  for name in "${components[@]}"; do
    component_pid "$name" >/dev/null || rm -f "$state_folder/pids/$name"
  done
}

# A proxy set for the way to the outside must not get what goes to the cluster.
kubectl_ours() {
  env -u http_proxy -u https_proxy -u HTTP_PROXY -u HTTPS_PROXY -u all_proxy -u ALL_PROXY \
    kubectl --kubeconfig "$admin_kubeconfig" --request-timeout=5s "$@"
}

api_is_ready() { [[ $(kubectl_ours get --raw /readyz) == ok ]]; }

# Ready, and free of the taint that keeps pods away until the controller manager has seen it.
node_is_ready() {
  local state
  state=$(kubectl_ours get node "$node_name" \
    --output jsonpath='{.status.conditions[?(@.type=="Ready")].status}{.spec.taints[*].key}') && [[ $state == True ]]
}

has_service_rules() { in_node iptables --table nat --list-rules KUBE-SERVICES | grep --quiet default/kubernetes:https; }

command_down() {
  check_settings
  require_root down
  check_cgroups
  lock
  refuse_foreign_node
  remove_all
  step "Down; the logs are in $log_folder"
}

# The namespaces end with the processes, and with them go the mounts, the rules and the pods' own namespaces.
remove_all() {
  end_processes 0
  remove_network
  remove_cgroups
  remove_mount_points
  rm -rf --one-file-system "$state_folder" "$admin_kubeconfig"
}

command_status() {
  local name pid healthy=0
  check_settings
  require_root status
  check_cgroups
  for name in node "${components[@]}"; do
    pid=$(component_pid "$name") || healthy=1
    printf '%-20s %s\n' "$name" "${pid:+running, process }${pid:-stopped}"
  done
  report_node || healthy=1
  exit "$healthy"
}

report_node() {
  local ready=no
  ! node_is_ready 2>/dev/null || ready=yes
  printf '%-20s %s\n' "$node_name ready" "$ready" "memory in use" "$(memory_in_use) MiB"
  [[ $ready == yes ]]
}

# Without the page cache, which the kernel gives back when it is needed.
memory_in_use() {
  local statistics
  statistics=$(cat "$(hierarchy_of memory)/$cgroup_name/memory.stat" 2>/dev/null) || true
  awk '$1 == "total_rss" { bytes = $2 } END { print int(bytes / 1048576) }' <<<"$statistics"
}

command_kubeconfig() {
  check_settings
  [[ -e $admin_kubeconfig ]] || fail "the cluster is not up; run 'cluster up' first."
  echo "$admin_kubeconfig"
}

command_in_node() {
  require_root in-node
  (($# > 0)) || fail "give the command to run in the node, such as: cluster in-node ip route"
  in_node "$@"
}
