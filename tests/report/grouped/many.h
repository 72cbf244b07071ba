// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <fmt/format.h>

#include "report/document.h"

namespace rdnsgate::test {

/// A finding about an address, as rules make them.
inline report::Document::Finding about(const std::string& rule, const std::string& address,
                                       std::string expected, std::string observed) {
  report::Document::Finding finding;
  finding.rule = rule;
  finding.severity = Severity::error;
  finding.effect = audit::Effect::fails;
  finding.target = {audit::TargetKind::address, address};
  finding.said = fmt::format("{}: {} and not {}", address, observed, expected);
  finding.expected = std::move(expected);
  finding.observed = std::move(observed);
  finding.location = {"inventory.yaml", 3, 5, 3, 15};
  finding.fix = fmt::format("publish it for {}", address);
  finding.excerpt = "    - range: 192.0.2.0/24\n      ^^^^^\n";
  return finding;
}

inline report::Document::Finding missing(int host) {
  return about("ptr-missing", fmt::format("192.0.2.{}", host), fmt::format("out-{}.mail.example", host),
               fmt::format("NXDOMAIN for {}.2.0.192.in-addr.arpa", host));
}

inline report::Document::Finding no_forward(int host) {
  return about("fcrdns-no-forward", fmt::format("198.51.100.{}", host), fmt::format("198.51.100.{}", host),
               fmt::format("mx{}.mail.example", host));
}

/// The HELO name of the host that no_forward() is about, said of its sender.
inline report::Document::Finding unresolvable(int host) {
  auto finding =
      about("helo-unresolvable", "x", "an A or AAAA record", fmt::format("mx{}.mail.example", host));
  finding.target = {audit::TargetKind::sender, fmt::format("mx{}", host)};
  return finding;
}

inline report::Document with(std::vector<report::Document::Finding> findings) {
  report::Document document;
  document.verdict = audit::Verdict::fail;
  document.summary.addresses = 5000;
  document.summary.errors = findings.size();
  document.findings = std::move(findings);
  document.rules = {
      {"fcrdns-no-forward", "the name has no address", "", Severity::error, {}, {}},
      {"helo-unresolvable", "the HELO name has no address", "", Severity::error, {"fcrdns-no-forward"}, {}},
      {"ptr-missing",
       "the address has no PTR record",
       "",
       Severity::error,
       {},
       "https://x.example/ptr-missing"}};
  return document;
}

inline std::vector<std::size_t> all(const report::Document& document) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < document.findings.size(); ++i) indices.push_back(i);
  return indices;
}

}  // namespace rdnsgate::test
