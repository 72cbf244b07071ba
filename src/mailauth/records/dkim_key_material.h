// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>

#include "mailauth/records/base64.h"
#include "mailauth/records/dkim_public_key.h"
#include "mailauth/records/reason.h"
#include "mailauth/records/tag_list.h"

namespace rdnsgate::mailauth {

/// What k= says of the key in p=.
enum class KeyType : std::uint8_t {
  unsaid,  ///< no k=, which means rsa
  rsa,
  ed25519,
  unknown,  ///< something that is none of them, which was said already
};

/// Judges a p= that is not empty.
class KeyJudge {
 public:
  KeyJudge(const Tag& p, KeyType type, Reasons& reasons) : p_(p), type_(type), reasons_(reasons) {}

  /// `decoded` gets the key, where its octets can be read.
  void judge(std::optional<DkimPublicKey>& decoded);

 private:
  bool judge_armour();
  bool judge_base64(const Base64& base64);
  void judge_form(const DkimPublicKey& key);
  void judge_rsa(const DkimPublicKey& key);
  void judge_exponent(const DkimPublicKey& key);
  void say_private(const std::string& what);

  const Tag& p_;
  KeyType type_;
  Reasons& reasons_;
};

}  // namespace rdnsgate::mailauth
