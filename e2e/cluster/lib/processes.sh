# shellcheck shell=bash
# Long-running processes: each in a cgroup of its own, with a recorded process id and a log.

# Prints the process id of a component that runs; fails when it does not, or when the id is somebody else's by now.
component_pid() {
  local name=$1 pid
  pid=$(cat "$state_folder/pids/$name" 2>/dev/null) || return 1
  grep --quiet --line-regexp "$pid" "$(hierarchy_of pids)/$cgroup_name/$name/cgroup.procs" 2>/dev/null || return 1
  echo "$pid"
}

# launch NAME COMMAND...: the environment is empty because a proxy set in it would catch the cluster's own traffic.
launch() {
  local name=$1
  shift
  (
    join_cgroup "$name"
    echo "$BASHPID" >"$state_folder/pids/$name"
    exec setsid env --ignore-environment PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANDFALL_RUN="$run_folder" "$@"
  ) </dev/null >>"$log_folder/$name.log" 2>&1 9>&- &
  wait_for_launch "$name"
}

wait_for_launch() {
  local attempt
  for attempt in {1..100}; do
    ! component_pid "$1" >/dev/null || return 0
    sleep 0.05
  done
  fail "$1 did not start after $attempt attempts; its log is $log_folder/$1.log and ends with: $(tail -n 1 "$log_folder/$1.log")"
}

# in_node COMMAND...: 'ip netns exec' would do, but remounts /sys and so hides the cgroups.
in_node() {
  local node
  node=$(component_pid node) || fail "the cluster is not up; run 'cluster up' first."
  nsenter --target "$node" --mount --net -- "$@"
}
