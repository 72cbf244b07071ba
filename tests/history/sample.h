// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <vector>

#include "history/history.h"

namespace rdnsgate::history::test {

inline Time minute(int count) { return Time(seconds(1'800'000'000LL + 60LL * count)); }

/// A run that ended at this minute.
inline Run run_at(int count, const std::string& origin = {}) {
  Run run;
  run.id = new_run_id();
  run.inventory_path = "inventory.yaml";
  run.inventory_sha256 = std::string(64, 'a');
  run.origin = origin;
  run.git_revision = "abc123";
  run.started_at = minute(count) - seconds(5);
  run.finished_at = minute(count);
  run.verdict = audit::Verdict::fail;
  run.summary.addresses = 10;
  run.summary.questions = 20;
  run.summary.errors = 1;
  run.latency = {{"recursive", "", "", 20, 1, 2, 10, 50, 90},
                 {"recursive", "example.com", "192.0.2.53#53", 5, 0, 0, 3, 4, 5}};
  run.zones = {{"example.com", "192.0.2.53#53", 7, 300, 86400}, {"example.com", "192.0.2.54#53", {}, {}, {}}};
  return run;
}

inline Seen finding(const std::string& fingerprint, const std::string& observed = "none") {
  Seen seen;
  seen.fingerprint = fingerprint;
  seen.rule = "ptr-missing";
  seen.severity = Severity::error;
  seen.vantages = {"a", "b"};
  seen.target = {audit::TargetKind::address, "192.0.2." + std::to_string(fingerprint.size())};
  seen.zone = "2.0.192.in-addr.arpa";
  seen.sender = "mx1";
  seen.message = "there is no PTR record";
  seen.expected = "mx1.example.com";
  seen.observed = observed;
  seen.path = "inventory.yaml";
  seen.line = 3;
  return seen;
}

class Folder {
 public:
  Folder() {
    std::string name = "/tmp/rdnsgate-history-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace rdnsgate::history::test
