// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/lab/server_settings.h"

#include <fmt/format.h>

namespace rdnsgate::resolve {

std::string nsd_settings(const std::filesystem::path& folder, const std::vector<IpAddress>& addresses,
                         const std::vector<ServedZone>& zones) {
  const auto in = folder.string();
  // Its response rate limiting would drop most denials above 200 a second to one client.
  auto text = fmt::format(
      "server:\n  username: \"\"\n  server-count: 1\n  rrl-ratelimit: 0\n  receive-buffer-size: 4194304\n"
      "  zonesdir: \"{0}\"\n  database: \"\"\n  zonelistfile: \"{0}/zone.list\"\n  xfrdfile: "
      "\"{0}/xfrd.state\"\n"
      "  pidfile: \"\"\n",
      in);
  for (const auto& address : addresses) text += fmt::format("  ip-address: {}\n", address.to_string());
  text += "remote-control:\n  control-enable: no\n";
  for (const auto& zone : zones)
    text += fmt::format("zone:\n  name: \"{}\"\n  zonefile: \"{}\"\n", zone.name.fqdn(), zone.file);
  return text;
}

std::string knot_settings(const std::filesystem::path& folder, const std::vector<IpAddress>& addresses,
                          const std::vector<ServedZone>& zones) {
  const auto in = folder.string();
  auto text = fmt::format(
      "server:\n    rundir: \"{0}\"\n    udp-workers: 1\n    tcp-workers: 1\n    background-workers: 1\n",
      in);
  for (const auto& address : addresses) text += fmt::format("    listen: {}@53\n", address.to_string());
  text += fmt::format(
      "log:\n  - target: stdout\n    any: warning\n"
      "database:\n    storage: \"{0}\"\n    journal-db-max-size: 32M\n    kasp-db-max-size: 16M\n"
      "    timer-db-max-size: 1M\n    catalog-db-max-size: 5M\n"
      "template:\n  - id: default\n    zonefile-load: whole\n    journal-content: none\n    semantic-checks: "
      "off\n",
      in);
  if (!zones.empty()) text += "zone:\n";
  for (const auto& zone : zones)
    text += fmt::format("  - domain: \"{}\"\n    file: \"{}\"\n", zone.name.fqdn(), zone.file);
  return text;
}

std::string unbound_settings(const std::filesystem::path& folder, const IpAddress& address,
                             const std::string& root_hints, const std::string& trust_anchor) {
  const auto in = folder.string();
  // Private and documentation zones exist here: the root has them.
  return fmt::format(
      "server:\n  interface: {0}\n  access-control: 0.0.0.0/0 allow\n  access-control: ::/0 allow\n  "
      "username: \"\"\n"
      "  chroot: \"\"\n  directory: \"{1}\"\n  pidfile: \"\"\n  use-syslog: no\n  num-threads: 1\n"
      "  do-not-query-localhost: no\n  unblock-lan-zones: yes\n  root-hints: \"{2}\"\n  trust-anchor-file: "
      "\"{3}\"\n"
      "remote-control:\n  control-enable: no\n",
      address.to_string(), in, root_hints, trust_anchor);
}

}  // namespace rdnsgate::resolve
