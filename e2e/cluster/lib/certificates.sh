# shellcheck shell=bash
# A certificate authority that lives as long as the cluster, and what it issues.

readonly certificate_folder=$state_folder/certificates

openssl_request() {
  openssl req -config "$here/config/openssl.cnf" -x509 -days 365 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 "$@" 2>/dev/null
}

# issue NAME SUBJECT [ALTERNATIVE_NAMES]
issue() {
  local extensions=(-addext keyUsage=critical,digitalSignature -addext extendedKeyUsage=clientAuth,serverAuth)
  [[ -z ${3:-} ]] || extensions+=(-addext "subjectAltName=$3")
  openssl_request -CA "$certificate_folder/ca.crt" -CAkey "$certificate_folder/ca.key" "${extensions[@]}" -subj "$2" \
    -keyout "$certificate_folder/$1.key" -out "$certificate_folder/$1.crt"
}

make_certificates() {
  mkdir -p "$certificate_folder"
  openssl_request -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,digitalSignature \
    -subj "/CN=landfall-e2e" -keyout "$certificate_folder/ca.key" -out "$certificate_folder/ca.crt"
  openssl ecparam -genkey -noout -name prime256v1 -out "$certificate_folder/service-account.key"
  issue apiserver /CN=kube-apiserver "$(apiserver_names)"
  issue kubelet "/O=system:nodes/CN=system:node:$node_name" "DNS:$node_name,IP:$node_address"
  issue apiserver-to-kubelet /O=system:masters/CN=kube-apiserver-kubelet-client
  issue admin /O=system:masters/CN=landfall-admin
  issue controller-manager /CN=system:kube-controller-manager
  issue scheduler /CN=system:kube-scheduler
  issue kube-proxy /CN=system:kube-proxy
}

apiserver_names() {
  echo "IP:$node_address,IP:$kubernetes_service_address,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local"
}

make_kubeconfigs() {
  local user
  mkdir -p "$state_folder/kubeconfigs"
  for user in kubelet controller-manager scheduler kube-proxy; do
    kubeconfig_of "$user" >"$state_folder/kubeconfigs/$user"
  done
  kubeconfig_of admin >"$admin_kubeconfig"
}

# The files are copied in, so that a kubeconfig can be used on its own. The key is in the older form that starts with
# "BEGIN EC PRIVATE KEY", since fabric8's Java client takes an elliptic key in the other one for an RSA key.
kubeconfig_of() {
  cat <<TEXT
apiVersion: v1
kind: Config
current-context: landfall
contexts: [{name: landfall, context: {cluster: landfall, user: $1}}]
clusters:
- name: landfall
  cluster: {server: "$api_url", certificate-authority-data: $(base64 --wrap=0 "$certificate_folder/ca.crt")}
users:
- name: $1
  user:
    client-certificate-data: $(base64 --wrap=0 "$certificate_folder/$1.crt")
    client-key-data: $(openssl ec -in "$certificate_folder/$1.key" 2>/dev/null | base64 --wrap=0)
TEXT
}
