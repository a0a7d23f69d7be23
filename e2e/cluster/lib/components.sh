# shellcheck shell=bash
# What each component is started with. A setting that is not here has the default of Kubernetes 1.20.

# In the order in which they start.
readonly components=(etcd containerd apiserver kubelet controller-manager scheduler kube-proxy)
readonly stoppable_components=(kubelet apiserver kube-proxy controller-manager scheduler)

start() {
  ! component_pid "$1" >/dev/null || return 0
  rm -f "$state_folder/stopped/$1"
  "start_${1//-/_}"
}

# launch_in_node NAME COMMAND...
launch_in_node() {
  local name=$1 node
  shift
  node=$(component_pid node)
  launch "$name" nsenter --target "$node" --mount --net -- "$@"
}

start_etcd() {
  launch_in_node etcd etcd --data-dir "$state_folder/etcd" --listen-peer-urls http://127.0.0.1:2380 \
    --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379
}

start_containerd() { launch_in_node containerd containerd --config "$state_folder/config/containerd.toml"; }

start_apiserver() {
  launch_in_node apiserver "$cache_folder/bin/kube-apiserver" \
    --etcd-servers=http://127.0.0.1:2379 \
    --bind-address="$node_address" --advertise-address="$node_address" --secure-port=6443 \
    --tls-cert-file="$certificate_folder/apiserver.crt" --tls-private-key-file="$certificate_folder/apiserver.key" \
    --client-ca-file="$certificate_folder/ca.crt" --authorization-mode=Node,RBAC --allow-privileged=true \
    --requestheader-client-ca-file="$certificate_folder/ca.crt" --requestheader-allowed-names=front-proxy-client \
    --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
    --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --service-cluster-ip-range="$service_range" --service-account-issuer=https://kubernetes.default.svc.cluster.local \
    --service-account-key-file="$certificate_folder/service-account.key" \
    --service-account-signing-key-file="$certificate_folder/service-account.key" \
    --kubelet-certificate-authority="$certificate_folder/ca.crt" \
    --kubelet-client-certificate="$certificate_folder/apiserver-to-kubelet.crt" \
    --kubelet-client-key="$certificate_folder/apiserver-to-kubelet.key" \
    --kubelet-preferred-address-types=InternalIP # a name would be looked up, and there is no DNS
}

# There is one of each, so an election would only make starting slower.
start_controller_manager() {
  launch_controller controller-manager "$cache_folder/bin/kube-controller-manager" --use-service-account-credentials \
    --root-ca-file="$certificate_folder/ca.crt" --service-account-private-key-file="$certificate_folder/service-account.key" \
    --cluster-signing-cert-file="$certificate_folder/ca.crt" --cluster-signing-key-file="$certificate_folder/ca.key"
}

start_scheduler() { launch_controller scheduler "$cache_folder/bin/kube-scheduler"; }

launch_controller() {
  local name=$1 kubeconfig=$state_folder/kubeconfigs/$1
  shift
  launch_in_node "$name" "$@" --bind-address=127.0.0.1 --leader-elect=false --kubeconfig="$kubeconfig" \
    --authentication-kubeconfig="$kubeconfig" --authorization-kubeconfig="$kubeconfig"
}

start_kubelet() {
  launch_in_node kubelet "$cache_folder/bin/kubelet" --config="$state_folder/config/kubelet.yaml" \
    --kubeconfig="$state_folder/kubeconfigs/kubelet" --root-dir="$state_folder/kubelet" --cert-dir="$state_folder/kubelet/pki" \
    --hostname-override="$node_name" --node-ip="$node_address" \
    --container-runtime=remote --container-runtime-endpoint="unix://$containerd_socket"
}

start_kube_proxy() { launch_in_node kube-proxy "$cache_folder/bin/kube-proxy" --config="$state_folder/config/kube-proxy.yaml"; }

# Those without which it makes no sense to wait on.
relied_on=(node "${components[@]}")

fail_if_component_ended() {
  local name
  for name in "${relied_on[@]}"; do
    [[ -e $state_folder/pids/$name ]] || continue
    component_pid "$name" >/dev/null \
      || fail "$name has ended; its log is $log_folder/$name.log and ends with: $(tail -n 1 "$log_folder/$name.log")"
  done
}

require_stoppable() {
  [[ " ${stoppable_components[*]} " == *" $1 "* ]] || fail "there is no component '$1'; it is one of: ${stoppable_components[*]}."
}

command_stop_component() {
  require_root stop-component
  require_stoppable "$1"
  lock
  component_pid node >/dev/null || fail "the cluster is not up; run 'cluster up' first."
  touch "$state_folder/stopped/$1"
  end_processes 10 "$1"
  rm -f "$state_folder/pids/$1"
  step "$1 is stopped"
}

command_start_component() {
  require_root start-component
  require_stoppable "$1"
  lock
  component_pid node >/dev/null || fail "the cluster is not up; run 'cluster up' first."
  start "$1"
  if [[ $1 == apiserver ]]; then
    relied_on=(node etcd apiserver)
    wait_until 120 "the API server's readiness" api_is_ready
    start_those_not_stopped
  fi
  step "$1 is running"
}

# The controllers end when they find no API server at their own start, and nothing watches over them here.
start_those_not_stopped() {
  local name
  for name in "${components[@]}"; do
    [[ -e $state_folder/stopped/$name ]] || start "$name"
  done
}
