// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text/pattern.h"
#include "logs/anchors.h"
#include "logs/entry.h"

namespace rdnsgate::logs {

/// What lines about reverse DNS look like. The file it is read from (src/logs/patterns.txt says how it is written) has a
/// line of a log for each pattern, which has to be of its class.
class Catalogue {
 public:
  /// Fails with the number of the line that is wrong. Nothing of `text` is kept.
  static Result<Catalogue> parse(std::string_view text);
  /// The one that is compiled in, and its text.
  static const Catalogue& built_in();
  static std::string_view built_in_text();

  struct Match {
    LogClass of = LogClass::other;
    std::string_view pattern{};  ///< lives as long as the catalogue
  };

  /// A line without any of these words is not about reverse DNS.
  const Anchors& anchors() const { return *anchors_; }
  Match classify(std::string_view line) const;

  /// A line of the file that is there to be tried.
  struct Sample {
    LogClass of = LogClass::other;
    std::string pattern;  ///< empty: of no pattern at all
    std::string line;
  };
  const std::vector<Sample>& samples() const { return samples_; }

 private:
  friend class CatalogueReader;
  struct Rule {
    std::string id;
    LogClass of = LogClass::other;
    bool is_trap = false;  ///< what it matches is of class `other`, whatever else matches
    std::vector<std::string> words;
    std::vector<Pattern> match, unless;
    bool matches(std::string_view text) const;
  };

  void index();

  std::vector<Rule> rules_;  ///< the first that matches counts
  std::vector<Rule> traps_;
  std::vector<Sample> samples_;
  std::vector<std::uint16_t> rule_of_;  ///< by word of `anchors_`
  std::optional<Anchors> anchors_;
};

}  // namespace rdnsgate::logs
