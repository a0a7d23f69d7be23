# shellcheck shell=bash
# What the user sees: one line a step, one sentence when something is wrong.

step() { printf '%s\n' "$*"; }

# The status that says that the user has been told already.
readonly explained=70

fail() {
  printf 'cluster: %s\n' "$*" >&2
  exit "$explained"
}

# Nothing ends without a word, not even a command whose failure nobody foresaw.
report_unforeseen() {
  (($? != explained && BASH_SUBSHELL == 0)) || return 0
  printf 'cluster: %s:%s: "%s" failed unexpectedly.\n' "${BASH_SOURCE[1]##*/}" "${BASH_LINENO[0]}" "$BASH_COMMAND" >&2
}
trap report_unforeseen ERR

require_root() {
  ((EUID == 0)) || fail "'$1' works with namespaces and cgroups, which needs root; run it with sudo."
}

# wait_until SECONDS WHAT COMMAND...: polls, and gives up at once when a process it relies on has ended.
wait_until() {
  local limit=$1 what=$2
  shift 2
  local deadline=$((SECONDS + limit))
  until ("$@") >/dev/null 2>&1; do
    fail_if_component_ended
    ((SECONDS < deadline)) || fail "$what did not happen within $limit s; the logs are in $log_folder."
    sleep 0.2
  done
}
