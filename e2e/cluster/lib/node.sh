# shellcheck shell=bash
# The node: a process that only holds a network and a mount namespace. What containerd, the CNI plugins and the kubelet
# mount or name is seen in there only, and is gone with the last process.

# Folders whose names are fixed in the programs; in the node, each is a private one.
readonly private_folders=(/run/containerd /run/netns /var/lib/cni /var/log/pods /var/log/containers)

# The kubelet sets these for the whole machine. In the node they are files that already hold what it wants.
readonly kubelet_sysctls=(vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1
  kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000)

make_node() {
  local host_namespace
  host_namespace=$(readlink /proc/self/ns/net)
  launch node unshare --mount --propagation slave --net -- sleep infinity
  wait_until 5 "making the node's namespaces" in_other_namespace "$host_namespace"
  make_mount_points
  # Shared within the node, as on any machine, so that volumes mounted by the kubelet reach containers.
  in_node mount --make-rshared /
  mount_private_folders
  mount_sysctls
}

in_other_namespace() {
  local node
  node=$(component_pid node) && [[ $(readlink "/proc/$node/ns/net") != "$1" && $(readlink "/proc/$node/exe") == */sleep ]]
}

# Folders that this machine does not have are noted, to be removed again.
make_mount_points() {
  local folder
  for folder in "${private_folders[@]}"; do
    [[ -d $folder ]] || echo "$folder" >>"$state_folder/mount-points"
    mkdir -p "$folder"
  done
}

remove_mount_points() {
  local folder
  [[ -e $state_folder/mount-points ]] || return 0
  while read -r folder; do
    rmdir --ignore-fail-on-non-empty "$folder" || true
  done <"$state_folder/mount-points"
}

mount_private_folders() {
  local folder private
  for folder in "${private_folders[@]}"; do
    private=$state_folder/node$folder
    mkdir -p "$private"
    in_node mount --bind "$private" "$folder"
  done
}

mount_sysctls() {
  local sysctl file
  for sysctl in "${kubelet_sysctls[@]}"; do
    file=$state_folder/node/sysctl/${sysctl%=*}
    mkdir -p "$(dirname "$file")"
    echo "${sysctl#*=}" >"$file"
    in_node mount --bind "$file" "/proc/sys/${sysctl%=*}"
  done
}

# Another checkout, or another user's settings, may run the cluster of this machine.
refuse_foreign_node() {
  local pid owner
  for pid in $(cgroup_processes node); do
    owner=$(tr '\0' '\n' <"/proc/$pid/environ" 2>/dev/null | sed -n 's/^LANDFALL_RUN=//p') || continue
    [[ -z $owner || $owner == "$run_folder" ]] \
      || fail "a cluster with the run folder $owner is up on this machine; end it first with: LANDFALL_RUN=$owner cluster down"
  done
}
