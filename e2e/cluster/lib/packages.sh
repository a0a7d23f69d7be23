# shellcheck shell=bash
# The Debian packages that the cluster and its build need.

readonly run_packages=(etcd-server containerd runc containernetworking-plugins iptables conntrack iproute2 openssl)
readonly build_packages=(golang-go golang-github-modern-go-reflect2-dev dpkg-dev gcc libc6-dev)

# Any kubectl will do, and the one from elsewhere cannot be installed next to Debian's.
kubectl_package() { command -v kubectl >/dev/null || echo kubernetes-client; }

is_installed() { [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

require_packages() {
  local package missing=()
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  ((${#missing[@]} == 0)) \
    || fail "Debian packages are missing; install them with: apt-get install --no-install-recommends ${missing[*]}"
}

require_run_packages() {
  local kubectl
  kubectl=$(kubectl_package)
  if is_built; then
    require_packages "${run_packages[@]}" ${kubectl:+"$kubectl"}
  else
    require_packages "${run_packages[@]}" ${kubectl:+"$kubectl"} "${build_packages[@]}"
  fi
}

command_packages() {
  local kubectl
  kubectl=$(kubectl_package)
  echo "${run_packages[*]} ${kubectl:+$kubectl }${build_packages[*]}"
}
