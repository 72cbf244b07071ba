// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/known_relays.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>

#include "base/ascii.h"
#include "base/embedded.h"
#include "base/text/text.h"
#include "yaml/document.h"
#include "yaml/problems.h"
#include "yaml/reader.h"
#include "yaml/schema.h"

namespace rdnsgate::draft {

std::span<const EmbeddedFile> embedded_known_relays();  // draft/known_relays.yaml and its schema

namespace {

constexpr yaml::Dialect dialect{"a list of relays", 1024, false, false, false};

/// What two relays have in common says nothing of either.
void check_includes(const yaml::Document& document, yaml::Problems& problems) {
  std::map<std::string, Span> seen;
  const auto list = document.root().get("relays");
  if (!list) return;
  yaml::for_each_item(*list, [&](const yaml::Value& map) {
    const auto includes = map.get("includes");
    if (!includes) return;
    yaml::for_each_item(*includes, [&](const yaml::Value& item) {
      const auto [known, is_new] = seen.emplace(ascii_lower(item.text()), item.span());
      if (is_new) return;
      problems.add(yaml::code::duplicate, item.span(), fmt::format("{} is listed already", item.text()),
                   fmt::format("the first is in {}", problems.place(known->second, item.span())));
    });
  });
}

std::string text_at(const yaml::Value& map, std::string_view key) {
  const auto value = map.get(key);
  return value && value->is_text() ? std::string(value->text()) : std::string();
}

std::vector<std::string> texts_at(const yaml::Value& map, std::string_view key) {
  std::vector<std::string> texts;
  if (const auto list = map.get(key)) {
    yaml::for_each_item(*list, [&](const yaml::Value& item) { texts.emplace_back(item.text()); });
  }
  return texts;
}

KnownRelays known_relays_in(const yaml::Document& document) {
  KnownRelays all;
  const auto list = document.root().get("relays");
  if (!list) return all;
  yaml::for_each_item(*list, [&](const yaml::Value& map) {
    KnownRelay relay{text_at(map, "name"),      texts_at(map, "includes"), texts_at(map, "dkim"),
                     texts_at(map, "mail_from"), text_at(map, "helo"),      text_at(map, "documentation")};
    for (auto& include : relay.includes) include = ascii_lower(include);
    all.push_back(std::move(relay));
  });
  return all;
}

}  // namespace

std::string_view own_known_relays() { return embedded_known_relays().front().text; }

KnownRelays read_known_relays(const Sources& sources, FileId file, Diagnostics& found) {
  constexpr std::size_t most_problems = 100;
  yaml::Problems problems(sources, file, most_problems, dialect);
  const auto document = yaml::read({}, problems);
  KnownRelays relays;
  if (document && problems.count() == 0) {
    const yaml::SchemaValidator schema(embedded_known_relays().back().text, "a list of relays");
    if (schema.check(*document, problems)) check_includes(*document, problems);
    if (problems.count() == 0) relays = known_relays_in(*document);
  }
  // The kinds of problem are the inventory's, and so are their names.
  Diagnostics all;
  problems.move_to(all);
  for (auto& problem : all) {
    constexpr std::string_view theirs = "inventory-";
    if (problem.code.starts_with(theirs)) problem.code.replace(0, theirs.size(), "relays-");
    found.push_back(std::move(problem));
  }
  return relays;
}

const KnownRelay* known_relay(const KnownRelays& known, std::string_view include) {
  const auto found = std::find_if(known.begin(), known.end(), [&](const KnownRelay& one) {
    return std::find(one.includes.begin(), one.includes.end(), include) != one.includes.end();
  });
  return found == known.end() ? nullptr : &*found;
}

}  // namespace rdnsgate::draft
