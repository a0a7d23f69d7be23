# shellcheck shell=bash
# The host is the outside world: it reaches the node and the external addresses, and no pod.

# The routing protocol's number that tells our routes from others; no program of Debian uses it.
readonly route_mark=201

refuse_taken_network() {
  local taken
  taken=$(routes_over_network | head -n 1)
  [[ -z $taken ]] \
    || fail "the addresses $network.0.0/16 are taken on this machine by the route '$taken'; set LANDFALL_NETWORK to the first two numbers of a free range, such as 10.202."
}

# Those within our range and those around it, but for the default route and the two halves that a VPN may replace it with.
routes_over_network() {
  local relation
  for relation in root match; do
    ip -4 route show table all "$relation" "$network.0.0/16" \
      | sed -E -e '/^([a-z]+ )?(default|0\.0\.0\.0\/1|128\.0\.0\.0\/1) /d' -e 's/ +$//'
  done
}

make_network() {
  local node=$1
  refuse_taken_network
  ip link add "$host_interface" type veth peer name eth0 netns "$node"
  without_ipv6 "$host_interface"
  ip address add "$host_address/30" dev "$host_interface"
  ip link set "$host_interface" up
  in_node "$BASH" -Eeuo pipefail -c "$(declare -f without_ipv6 make_node_side)
    make_node_side $node_address $pod_range $service_range"
  ip route add "$external_range" via "$node_address" protocol "$route_mark"
  # Without this, traffic to a pod would follow the host's default route and leave the machine.
  ip route add unreachable "$network.0.0/16" protocol "$route_mark"
}

# Nothing but the cluster's own addresses is to be used on the link, not even IPv6's neighbour discovery.
without_ipv6() {
  local switch=/proc/sys/net/ipv6/conf/$1/disable_ipv6
  [[ ! -e $switch ]] || echo 1 >"$switch"
}

make_node_side() {
  local node_address=$1 pod_range=$2 service_range=$3
  without_ipv6 eth0
  ip link set lo up
  ip address add "$node_address/30" dev eth0
  ip link set eth0 up
  echo 1 >/proc/sys/net/ipv4/ip_forward
  # Processes of the node, such as the API server calling a webhook, need some route before kube-proxy's rules apply.
  ip route add "$service_range" dev eth0 src "$node_address"
  # The host has no route to pods, so to its processes they look like the node.
  iptables --table nat --append POSTROUTING --source "$pod_range" --out-interface eth0 --jump MASQUERADE
}

remove_network() {
  if ip link show "$host_interface" >/dev/null 2>&1; then
    ip link delete "$host_interface"
  fi
  ip -4 route flush protocol "$route_mark"
}
