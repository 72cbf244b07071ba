// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "mailauth/spf/spf_evaluate.h"
#include "plan/world/picture.h"

namespace rdnsgate::plan {

/// What an SPF record is evaluated for: the address, and what the inventory says of who sends from it.
mailauth::SpfIdentity spf_identity(const Path& path, const Name& helo, const Name& domain);

/// The versions of an RRset of the picture that somebody may see.
using SpfVersions = std::function<std::vector<MaybeVersion>(std::size_t set)>;

/// Asks the picture: what lies in zones of ours as `versions` has it, what others hold as it was found.
/// `seen`, where it is not null, gets the RRsets that were asked for.
mailauth::SpfAsker spf_asker(const Picture& picture, SpfVersions versions,
                             std::set<std::size_t>* seen = nullptr);

/// As the picture was drawn.
std::vector<MaybeVersion> spf_live(const Picture& picture, std::size_t set);

/// Why the picture does not know what is there: `_spf.relay.example TXT: timeout`. May hold foreign text.
std::string spf_why_unknown(const Picture& picture, const Name& name, RrType type);

/// The octets of a reply with this TXT RRset, without EDNS (RFC 7208 §3.4, RFC 1035 §4.2.1).
std::size_t txt_reply_size(const Name& owner, const std::vector<std::string>& rdata);

/// One RRset of the DNS for an evaluation; what is not definite is not known.
mailauth::SpfLookup spf_lookup(const Fact* fact);

}  // namespace rdnsgate::plan
