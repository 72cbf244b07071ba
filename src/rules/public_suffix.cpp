// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/public_suffix.h"

#include <libpsl.h>

#include <algorithm>

namespace rdnsgate::rules {
namespace {

dns::Name domain_by(const dns::Name& name, int sections) {
  // An escaped octet is in no suffix, and its text form would mislead a look-up by text.
  const auto& wire = name.wire();
  if (std::any_of(wire.begin(), wire.end(),
                  [](char c) { return static_cast<unsigned char>(c) > 0x7e || c == '\\'; }))
    return name;
  dns::Name below = name;
  for (dns::Name at = name; !at.is_root(); at = at.parent()) {
    if (psl_is_public_suffix2(psl_builtin(), at.text().c_str(), sections) != 0) return below;
    below = at;
  }
  return below;
}

}  // namespace

dns::Name organisational_domain(const dns::Name& name) { return domain_by(name, PSL_TYPE_ANY); }
dns::Name registered_domain(const dns::Name& name) { return domain_by(name, PSL_TYPE_ICANN); }

}  // namespace rdnsgate::rules
