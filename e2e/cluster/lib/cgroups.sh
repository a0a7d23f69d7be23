# shellcheck shell=bash
# Every process of the cluster lives below one cgroup, which is therefore the proof that a process is ours: a process
# id alone may belong to somebody else by now.

readonly cgroup_name=landfall-e2e
readonly needed_controllers=(cpu cpuacct cpuset memory pids devices freezer blkio)

cgroup_hierarchies() { awk '$3 == "cgroup" { print $2 }' /proc/mounts | sort -u; }

# The folder where a controller's hierarchy is mounted, or nothing.
hierarchy_of() { awk -v name="$1" '$3 == "cgroup" && ("," $4 ",") ~ ("," name ",") { print $2; exit }' /proc/mounts; }

check_cgroups() {
  local controller missing=()
  for controller in "${needed_controllers[@]}"; do
    [[ -n $(hierarchy_of "$controller") ]] || missing+=("$controller")
  done
  ((${#missing[@]} == 0)) \
    || fail "no cgroup v1 hierarchy is mounted for: ${missing[*]}; mount each with 'mount -t cgroup -o NAME cgroup /sys/fs/cgroup/NAME' (a machine with cgroup v2 only must boot with systemd.unified_cgroup_hierarchy=0)."
  [[ -w $(hierarchy_of pids) ]] || fail "the cgroup hierarchies are read-only; run on the machine itself or in a privileged container."
}

make_cgroups() {
  local hierarchy
  for hierarchy in $(cgroup_hierarchies); do
    mkdir -p "$hierarchy/$cgroup_name"
  done
  # Twice what one process outside of it gets: less, and the cluster stands still beside whoever calls it; more, and they do.
  echo 2048 >"$(hierarchy_of cpu)/$cgroup_name/cpu.shares"
}

# join_cgroup NAME: moves the calling shell. A new cpuset takes no process before it has processors, and nothing needs one.
join_cgroup() {
  local hierarchy
  for hierarchy in $(cgroup_hierarchies); do
    [[ $hierarchy != "$(hierarchy_of cpuset)" ]] || continue
    mkdir -p "$hierarchy/$cgroup_name/$1"
    echo "$BASHPID" >"$hierarchy/$cgroup_name/$1/cgroup.procs"
  done
}

# The processes of one component, or with no name all of ours, those in pods among them.
cgroup_processes() {
  local folder
  folder=$(hierarchy_of pids)/$cgroup_name${1:+/$1}
  [[ -d $folder ]] || return 0
  find "$folder" -name cgroup.procs -exec cat {} + 2>/dev/null || true
}

# kill_processes SIGNAL [NAME]
kill_processes() {
  local processes
  mapfile -t processes < <(cgroup_processes "${2:-}")
  ((${#processes[@]} == 0)) || kill "-$1" "${processes[@]}" 2>/dev/null || true
}

has_ended() { [[ -z $(cgroup_processes "${1:-}") ]]; }

# end_processes SECONDS [NAME]: politely first when SECONDS is more than 0, and then by force.
end_processes() {
  local deadline=$((SECONDS + $1)) name=${2:-}
  kill_processes TERM "$name"
  until has_ended "$name"; do
    ((SECONDS < deadline)) || kill_processes KILL "$name"
    ((SECONDS < deadline + 20)) || fail "processes do not end: $(cgroup_processes "$name" | paste -sd ' '); look at them with ps."
    sleep 0.1
  done
}

# Where both versions are mounted, runc makes groups in the unified hierarchy too.
unified_hierarchy() { awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts; }

remove_cgroups() {
  local hierarchy attempt
  for hierarchy in $(cgroup_hierarchies) $(unified_hierarchy); do
    # The kernel lets go of a cgroup a moment after its last process has ended.
    for attempt in {1..50}; do
      [[ -d $hierarchy/$cgroup_name ]] || break
      find "$hierarchy/$cgroup_name" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.1
    done
    [[ ! -d $hierarchy/$cgroup_name ]] || fail "the cgroup $hierarchy/$cgroup_name cannot be removed after $attempt attempts."
  done
}
