// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/files/named_paths.h"

#include <span>
#include <utility>

#include "base/files/boundary.h"
#include "inventory/files/file_set.h"
#include "inventory/files/paths.h"
#include "inventory/inventory_schema.h"
#include "inventory/problem_codes.h"
#include "yaml/own_json.h"

namespace rdnsgate::inventory {
namespace {

void collect_keys(const yaml::Value& schema, const KeyPath& here, std::vector<KeyPath>& all) {
  const bool is_path = schema.get("x-path").has_value();
  if (is_path) all.push_back(here);
  const auto follow = [&](std::string key, const yaml::Value& of) {
    auto path = here;
    path.push_back(std::move(key));
    collect_keys(of, path, all);
  };
  if (const auto items = schema.get("items"); items && !is_path) follow({}, *items);
  if (const auto properties = schema.get("properties")) {
    yaml::for_each_member(*properties, [&](const yaml::Value& key, const yaml::Value& of) { follow(std::string(key.text()), of); });
  }
}

void collect(const yaml::Value& at, std::span<const std::string> path, std::vector<yaml::Value>& all) {
  if (path.empty()) {
    if (at.is_text() && !at.text().empty()) all.push_back(at);
  } else if (path.front().empty()) {
    yaml::for_each_item(at, [&](const yaml::Value& item) { collect(item, path.subspan(1), all); });
  } else if (const auto next = at.get(path.front())) {
    collect(*next, path.subspan(1), all);
  }
}

}  // namespace

std::vector<KeyPath> path_keys(std::string_view schema) {
  std::vector<KeyPath> all;
  const auto document = yaml::read_own_json(schema);
  collect_keys(document.root(), {}, all);
  return all;
}

std::vector<yaml::Value> values_at(const yaml::Value& root, const KeyPath& path) {
  std::vector<yaml::Value> all;
  collect(root, path, all);
  return all;
}

void FileSet::check_named_paths(yaml::Problems& problems) {
  static const auto keys = path_keys(schema_text());
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (!files_[i].document) continue;
    const auto folder = folder_of(files_[i].path);
    for (const auto& key : keys) {
      for (const auto& value : values_at(files_[i].document->root(), key)) {
        const auto path = beside(folder, std::string(value.text()));
        const auto* root = root_of(i, value.span(), problems);
        if (root == nullptr) return;
        const auto real = options_.files->real(path);
        if (real && !root->boundary.holds(*real)) {
          auto error = root->boundary.refusal(path, *real);
          problems.add(code::path, value.span(), std::move(error.message), std::move(error.hint));
        } else if (!real) {
          problems.add(code::path, value.span(),
                       "\"" + path + "\" cannot be followed: " + real.error().message);
        }
      }
    }
  }
}

}  // namespace rdnsgate::inventory
