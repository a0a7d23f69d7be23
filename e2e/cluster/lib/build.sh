# shellcheck shell=bash
# Builds the server side of Kubernetes, which Debian has as source only, into the cache.

# Raise this when a change here must not use binaries that were built before it.
readonly build_revision=2
readonly build_stamp="kubernetes $kubernetes_version, build $build_revision"
readonly server_binaries=(kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy)

is_built() { [[ -r $cache_folder/stamp && $(<"$cache_folder/stamp") == "$build_stamp" ]]; }

command_build() {
  if is_built; then
    step "Kubernetes $kubernetes_version is in the cache: $cache_folder"
  else
    require_packages "${build_packages[@]}"
    build
  fi
}

build() (
  mkdir -p "$(dirname "$cache_folder")"
  exec 8>"$cache_folder.lock"
  flock --nonblock 8 || { step "Waiting for another build of it to end" && flock 8; }
  # It may have been a whole one.
  ! is_built || exit 0
  local begin=$SECONDS
  # The lock is ours, so whatever is left here belongs to a build that was killed.
  rm -rf "$cache_folder".building.*
  work=$(mktemp --directory "$cache_folder.building.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  step "Building Kubernetes $kubernetes_version, once, for about five minutes; log: $cache_folder.build.log"
  : >"$cache_folder.build.log"
  build_in "$work"
  publish "$work/result"
  step "Built Kubernetes $kubernetes_version in $((SECONDS - begin)) s"
)

build_in() {
  local work=$1
  mkdir -p "$work/result/bin"
  build_step "this machine's apt sources offer no source package kubernetes $source_version; add a Debian bookworm mirror that has sources." \
    download_source "$work"
  build_step "the source cannot be prepared." prepare_tree "$work"
  build_step "the OpenAPI definitions cannot be generated." generate_openapi "$work"
  build_step "Kubernetes cannot be compiled." compile "$work"
  build_step "the pause image cannot be built." build_pause "$work"
  echo "$build_stamp" >"$work/result/stamp"
}

# build_step SENTENCE COMMAND...: not with '||', which would make the command go on after an error in its middle.
build_step() {
  local sentence=$1 log=$cache_folder.build.log status
  shift
  trap - ERR
  set +e
  (set -e; "$@") >>"$log" 2>&1
  status=$?
  set -e
  trap report_unforeseen ERR
  ((status == 0)) || fail "$sentence The log is $log and ends with: $(tail -n 1 "$log")"
}

# The last step is a rename, so a cache folder is either whole or not there.
publish() {
  local result=$1
  [[ ! -e $cache_folder ]] || mv "$cache_folder" "$result/../outdated"
  chmod 755 "$result"
  mv --no-target-directory "$result" "$cache_folder"
}

tree_in() { echo "$1/go/src/k8s.io/kubernetes"; }

# This release predates Go modules in its build, hence the GOPATH layout.
prepare_tree() {
  local work=$1 tree
  tree=$(tree_in "$work")
  mkdir -p "$(dirname "$tree")"
  mv "$work/source" "$tree"
  # The vendored copy reads the wrong memory under Go 1.18 and later and kills the API server after some minutes.
  rm -r "$tree/vendor/github.com/modern-go/reflect2"
  cp -r /usr/share/gocode/src/github.com/modern-go/reflect2 "$tree/vendor/github.com/modern-go/"
  # This kubelet often overlooks an ended pod's sandbox, and the pod stays 'Terminating' until its collector comes along.
  sed -i 's/ContainerGCPeriod = time.Minute/ContainerGCPeriod = 5 * time.Second/' "$tree/pkg/kubelet/kubelet.go"
  grep -q 'ContainerGCPeriod = 5 \* time.Second' "$tree/pkg/kubelet/kubelet.go"
}

in_go_environment() {
  local work=$1
  shift
  # The generator looks for the standard library in GOROOT, which a binary built with -trimpath does not know by itself.
  env -C "$(tree_in "$work")" GOPATH="$work/go" GOCACHE="$work/go-cache" GOTMPDIR="$work" GOROOT="$(go env GOROOT)" GO111MODULE=off \
    GOFLAGS=-trimpath CGO_ENABLED=0 "$@"
}

# The only generated file that the source package leaves out. The generator's report of API rule violations is equal to
# the committed one only when it has seen every type it should.
generate_openapi() {
  local work=$1 tree packages
  tree=$(tree_in "$work")
  packages=$(openapi_packages "$tree" | paste -sd ,)
  in_go_environment "$work" go build -o "$work/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
  in_go_environment "$work" "$work/openapi-gen" --logtostderr --input-dirs "$packages" \
    --output-package k8s.io/kubernetes/pkg/generated/openapi --output-file-base zz_generated.openapi \
    --go-header-file vendor/k8s.io/code-generator/hack/boilerplate.go.txt --report-filename "$work/violations"
  diff "$work/violations" "$tree/api/api-rules/violation_exceptions.list"
}

openapi_packages() {
  cd "$1"
  grep -rlE '^// *\+k8s:openapi-gen=' --include='*.go' cmd pkg plugin staging/src/k8s.io \
    | grep -vE '/(code-generator|sample-apiserver)/' | xargs -n 1 dirname | sort -u \
    | sed -e 's,^staging/src/,vendor/,' -e 's,^,k8s.io/kubernetes/,'
}

compile() {
  local work=$1 package version_flags=()
  for package in client-go/pkg/version component-base/version; do
    package=k8s.io/kubernetes/vendor/k8s.io/$package
    version_flags+=("-X $package.gitVersion=v$kubernetes_version -X $package.gitMajor=1 -X $package.gitMinor=20")
  done
  in_go_environment "$work" go build -o "$work/result/bin/" -ldflags "-s -w ${version_flags[*]}" "${server_binaries[@]/#/./cmd/}"
}

build_pause() {
  local work=$1
  mkdir "$work/pause"
  gcc -Os -s -static -DVERSION=3.2 -o "$work/pause/pause" "$(tree_in "$work")/build/pause/linux/pause.c"
  pack_image "$work/result/pause.tar" "$pause_image" "$work/pause" /pause
}
