// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "run/drill/drill_run.h"
#include "run/estate.h"

namespace rdnsgate::run {

/// Two senders on mail paths, two name servers, and all of it right.
struct Drilled : Estate {
  DrillRequest request;
  Heard heard;

  explicit Drilled(bool is_signed = false) {
    write("inventory.yaml",
          "version: 1\n"
          "vantages:\n"
          "  - {name: recursive, kind: recursive}\n"
          "  - {name: authority, kind: authoritative}\n"
          "  - {name: office, kind: forward, address: 192.0.2.54}\n"
          "zones:\n"
          "  - {name: 2.0.192.in-addr.arpa, managed_by: ticket, contact: noc@hoster.example}\n"
          "  - {name: mail.example, managed_by: zonefile, file: zones/mail.example.zone}\n"
          "senders:\n"
          "  - {name: mx, helo: mx1.mail.example, addresses: [192.0.2.10]}\n"
          "  - {name: out, helo: out.mail.example, addresses: [192.0.2.11, 192.0.2.12]}\n"
          "domains:\n"
          "  - {name: mail.example, via: [mx, out]}\n"
          "standards: {latency: {warn: 500ms, fail: 2s}}\n"
          "rules: {addr-documentation: off}\n");
    write("zones/2.0.192.in-addr.arpa.zone",
          zone_of("10 PTR mx1.mail.example.\n11 PTR out.mail.example.\n12 PTR out.mail.example.\n"));
    write("zones/mail.example.zone",
          zone_of("@ TXT \"v=spf1 ip4:192.0.2.8/29 -all\"\n_dmarc TXT \"v=DMARC1; p=reject\"\n"
                  "mx1 A 192.0.2.10\nout A 192.0.2.11\nout A 192.0.2.12\n"
                  "ns1 A 192.0.2.53\nns2 A 198.51.100.53\n" +
                  std::string(is_signed ? keys() : "")));
    request.clock = clock_at(noon);
    request.files = {inventory};
    request.zone_files = {*this / "zones"};
    request.watch.schedule.jitter_percent = 0;
  }

  static std::string zone_of(const std::string& records) {
    return "$TTL 3600\n"
           "@ SOA ns1.mail.example. hostmaster.mail.example. 1 7200 1800 1209600 300\n"
           "@ NS ns1.mail.example.\n@ NS ns2.mail.example.\n" +
           records;
  }

  /// Nobody verifies them: what counts is until when they hold.
  static std::string keys() {
    const std::string key(86, 'A');
    return "@ DNSKEY 257 3 13 " + key + "==\n" +
           "@ RRSIG SOA 13 2 3600 20270101000000 20261101000000 1 mail.example. " + key + "==\n" +
           "@ RRSIG DNSKEY 13 2 3600 20270101000000 20261101000000 1 mail.example. " + key + "==\n";
  }

  report::Drill play(const std::string& scenario, const std::string& target = {}) {
    request.scenario = scenario;
    request.target = target;
    const auto document = drill_run(request, heard);
    const auto why = document ? std::string() : document.error().error.message;
    INFO(why);
    REQUIRE(document.has_value());
    REQUIRE(document->drills.size() == 1);
    return document->drills.front();
  }

  static std::set<std::string> rules_of(const report::Drill& drill) {
    std::set<std::string> rules;
    for (const auto& one : drill.findings) rules.insert(one.rule);
    return rules;
  }
  static std::set<std::string> receivers_of(const report::Drill& drill) {
    std::set<std::string> rules;
    for (const auto& one : drill.receivers.rules) rules.emplace(one.rule->id);
    return rules;
  }
};

}  // namespace rdnsgate::run
