// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text/diagnostic.h"
#include "base/text/source.h"

namespace rdnsgate::draft {

/// A relay that many use, as a file says: good for a guess, and no more. No verdict rests on it.
struct KnownRelay {
  std::string name;
  std::vector<std::string> includes;   ///< the domains that SPF records include, in small letters
  std::vector<std::string> dkim;       ///< selectors that it has its customers publish, where they are the same for all
  std::vector<std::string> mail_from;  ///< patterns of the domain in MAIL FROM; `{domain}` stands for that in From
  std::string helo;                    ///< a pattern of its HELO names, or empty
  std::string documentation;           ///< where it says so
};
using KnownRelays = std::vector<KnownRelay>;

/// src/draft/known_relays.yaml, as compiled in.
std::string_view own_known_relays();

/// Of a file as schemas/known-relays.schema.json wants it, in YAML or JSON. What is wrong with it goes to `problems`,
/// and then nothing of it is used.
KnownRelays read_known_relays(const Sources& sources, FileId file, Diagnostics& problems);

/// The one with this include; nullptr for a relay that is not known.
const KnownRelay* known_relay(const KnownRelays& known, std::string_view include);

}  // namespace rdnsgate::draft
