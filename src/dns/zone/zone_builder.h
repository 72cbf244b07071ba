// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/text/diagnostic.h"
#include "dns/zone/zone_data.h"

namespace rdnsgate::dns {

/// Collects the problems of one zone, up to a limit for errors and one for warnings. `zone-file` is their
/// code, whatever the file's format.
class ZoneProblems {
 public:
  explicit ZoneProblems(Diagnostics& all) : all_(all) {}
  void report(Span at, std::string message, std::string hint = {}, Severity severity = Severity::error);
  /// The limit for errors is reached: what would be reported is dropped, so work may stop.
  bool full() const;
  /// Of errors so far.
  std::size_t count() const { return errors_; }

 private:
  Diagnostics& all_;
  std::size_t errors_ = 0, warnings_ = 0;
};

/// Makes RRsets of records, in whatever order and format they were written.
class ZoneBuilder {
 public:
  static constexpr std::size_t max_records = 1'000'000;

  explicit ZoneBuilder(ZoneProblems& problems) : problems_(problems) {}

  void add(const Name& owner, RrType type, std::uint32_t ttl, std::string&& rdata, Span at);
  bool has(const Name& owner, RrType type) const;
  bool full() const { return records_ > max_records; }

  /// The zone, its sets in canonical order and each record once. Reports what no zone can hold: names outside
  /// it, anything beside an alias, a DS record at the apex, a wildcard that is delegated.
  ZoneFile finish(const Name& origin);
  /// The same, unchecked, for a file that has no origin.
  ZoneFile finish();

 private:
  struct Place {
    Span at;  // where the set begins
    bool told_ttl = false;
  };
  void check_sets(const Name& origin);
  void check_place(const RRset& set, const Name& origin, Span at);
  void check_aliases();

  ZoneProblems& problems_;
  std::size_t records_ = 0;
  std::vector<RRset> sets_;
  std::vector<Place> places_;
  std::unordered_map<std::string, std::size_t> index_;
};

}  // namespace rdnsgate::dns
