// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/scratch.h"
#include "run/frame/asking.h"
#include "run/frame/clock.h"
#include "run/frame/listener.h"

namespace rdnsgate::run {

inline const Time noon = parse_time("2026-12-01T12:00:00Z").value();

inline Clock clock_at(Time time, bool named = true) {
  return {[time] { return time; }, named};
}

/// An inventory of one sender, and the zones that say what it says.
struct Estate : Scratch {
  std::string inventory = *this / "inventory.yaml";

  Estate() {
    write("inventory.yaml", text("mx1"));
    write("zones/2.0.192.in-addr.arpa.zone", zone("10 PTR mx1.mail.example.\n"));
    write("zones/mail.example.zone", zone("mx1 A 192.0.2.10\nmx2 A 192.0.2.10\nns A 192.0.2.53\n"));
  }

  static std::string text(const std::string& host) {
    return "version: 1\n"
           "zones:\n"
           "  - {name: 2.0.192.in-addr.arpa, managed_by: zonefile, file: zones/2.0.192.in-addr.arpa.zone}\n"
           "  - {name: mail.example, managed_by: zonefile, file: zones/mail.example.zone}\n"
           "senders:\n"
           "  - name: mx\n"
           "    helo: " + host + ".mail.example\n"
           "    addresses: [192.0.2.10]\n"
           "rules: {addr-documentation: off}\n";
  }

  static std::string zone(const std::string& records) {
    return "$TTL 3600\n"
           "@ SOA ns.mail.example. hostmaster.mail.example. 1 7200 1800 1209600 300\n"
           "@ NS ns.mail.example.\n" +
           records;
  }

  /// Answered from the zone files alone.
  Asking asking() const {
    Asking asking;
    asking.zone_files = {*this / "zones"};
    return asking;
  }
};

/// Keeps what it is told.
struct Heard final : Listener {
  std::size_t problem_count = 0, loaded_count = 0;
  std::vector<std::string> notes;

  void problems(const Diagnostics& problems, const Sources&) override { problem_count += problems.size(); }
  void note(std::string_view text) override { notes.emplace_back(text); }
  void loaded() override { ++loaded_count; }
};

}  // namespace rdnsgate::run
