// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "dns/dnssec/zone_signer.h"
#include "resolve/lab/server.h"
#include "run/lab/lab_world.h"

namespace rdnsgate::run {

/// What is started, by whom.
struct LabPrograms {
  resolve::Program name_server;
  std::optional<resolve::Program> resolver;  ///< where the world has resolvers
};

/// A resolver of a world: one of its vantages.
struct LabResolver {
  dns::VantageIndex vantage = 0;
  IpAddress address;
};

/// The servers of a world, inside an Enclosure: zones are signed and written, servers run, and what is wrong with them is so.
class LabStage {
 public:
  LabStage(const LabWorld& world, const LabPrograms& programs, std::filesystem::path folder, Time now)
      : world_(world), programs_(programs), folder_(std::move(folder)), now_(now) {}

  /// `staging`: what happens; of a world to which nothing does, an empty one.
  Result<void> set(const std::vector<LabResolver>& resolvers, const Staging& staging);

  const std::string& root_hints() const { return root_hints_; }
  const std::string& trust_anchor() const { return trust_anchor_; }
  /// What is not as it was.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  Result<void> take_addresses();
  Result<void> make_keys();
  Result<void> write_root_files();
  Result<void> write_zones(const dns::RRset* other);
  Result<std::string> text_of(std::size_t zone, const dns::RRset* other) const;
  Result<void> start_name_servers();
  Result<void> start_resolvers(const std::vector<LabResolver>& resolvers, const Staging& staging);
  /// The zone that delegates this one.
  std::size_t above(std::size_t zone) const;
  std::string file_of(std::size_t zone) const;

  const LabWorld& world_;
  const LabPrograms& programs_;
  std::filesystem::path folder_;
  Time now_;
  std::map<std::size_t, dns::ZoneSigner> signers_;
  std::set<IpAddress> absent_;  // this network cannot have them
  std::vector<resolve::LabServer> name_servers_, resolvers_;
  std::size_t started_ = 0;
  std::string root_hints_, trust_anchor_;
  std::vector<std::string> notes_;
};

}  // namespace rdnsgate::run
