// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/findings/describe_rules.h"

#include <fmt/format.h>

#include <filesystem>
#include <set>
#include <system_error>

#include "base/homepage.h"
#include "base/text/escape.h"
#include "rules/consequences.h"
#include "rules/registry.h"

namespace rdnsgate::run {

std::string page_url(std::string_view rule) {
  if (!homepage.empty()) return fmt::format("{}/docs/rules/{}.md", homepage, rule);
  const std::string path = fmt::format("{}/rules/{}.md", docs_folder, rule);
  std::error_code failed;
  return std::filesystem::is_regular_file(path, failed) ? "file://" + percent_encoded(path) : std::string();
}

void describe_rules(report::Document& document) {
  document.homepage = homepage;
  document.rules.clear();
  std::set<std::string_view> named;
  for (const auto& finding : document.findings) named.insert(finding.rule);
  for (const auto id : named) {
    const auto* rule = rules::find_rule(id);
    if (rule == nullptr) continue;
    report::Document::Rule described{std::string(id), std::string(rule->info.summary),
                                     std::string(rules::page(id)), rule->info.severity};
    for (const auto& one : rules::consequences) {
      if (one.rule == id) described.follows.emplace_back(one.of);
    }
    described.page_url = page_url(id);
    document.rules.push_back(std::move(described));
  }
}

}  // namespace rdnsgate::run
