// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mailauth/records/dkim_public_key.h"
#include "mailauth/records/reason.h"
#include "mailauth/records/tag_list.h"

namespace rdnsgate::mailauth {

/// A DKIM key record (RFC 6376 §3.6.1), as far as it could be read.
struct DkimRecord {
  std::string text;
  TagList tags;
  std::optional<DkimPublicKey> key;  ///< nullopt where there is none, or no octets of one
  bool revoked = false;              ///< its p= is empty
};

struct DkimJudgement {
  std::vector<DkimRecord> records;  ///< as they came
  Reasons reasons;
};

/// Judges the records at one selector, each by its joined strings (RFC 6376 §3.6.2.2). None at all is an error.
DkimJudgement judge_dkim(const std::vector<std::string>& texts);

}  // namespace rdnsgate::mailauth
