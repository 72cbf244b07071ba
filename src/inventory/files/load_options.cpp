// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/files/load_options.h"

namespace rdnsgate::inventory {

const std::string* open_text(const LoadOptions& options, const std::string& real) {
  if (options.open_texts == nullptr) return nullptr;
  const auto found = options.open_texts->find(real);
  return found == options.open_texts->end() ? nullptr : &found->second;
}

const ParsedFiles::File* known_file(const LoadOptions& options, const std::string& real) {
  if (options.known == nullptr || open_text(options, real) != nullptr) return nullptr;
  const auto* known = options.known->find(real);
  return known != nullptr && options.files->holds(real, known->text) ? known : nullptr;
}

}  // namespace rdnsgate::inventory
