// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/text.h"
#include "dns/zone/given_zones.h"
#include "rules/zone/practice_rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {
namespace {

using dns::Name;
using dns::RrType;

constexpr std::string_view no_sender = "v=spf1 -all";

/// The TXT records of a name that begin so, in lower case.
std::vector<std::string> texts_at(const dns::ZoneFile& zone, const Name& name, std::string_view begin) {
  std::vector<std::string> found;
  const auto* set = dns::set_at(zone, name, RrType::TXT);
  if (set == nullptr) return found;
  for (const auto& rdata : set->rdata) {
    auto text = ascii_lower(dns::txt_joined(rdata));
    if (text.starts_with(begin)) found.push_back(std::move(text));
  }
  return found;
}

/// The value of a tag of a DMARC record; empty where it has none.
std::string tag_in(std::string_view record, std::string_view tag) {
  while (!record.empty()) {
    const auto part = record.substr(0, record.find(';'));
    record.remove_prefix(std::min(part.size() + 1, record.size()));
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    const auto trimmed = [](std::string_view text) {
      const auto first = text.find_first_not_of(" \t");
      if (first == std::string_view::npos) return std::string_view();
      return text.substr(first, text.find_last_not_of(" \t") - first + 1);
    };
    if (trimmed(part.substr(0, equals)) == tag) return std::string(trimmed(part.substr(equals + 1)));
  }
  return {};
}

/// Preference 0, and no host (RFC 7505 §3).
bool is_null(const dns::RRset& mx) {
  return mx.rdata.size() == 1 && mx.rdata.front() == std::string(3, '\0');
}

/// What is not on the list goes the way of the last word, or of another domain's record.
bool is_closed(const std::string& spf) {
  return spf.ends_with(" -all") || spf.ends_with(" ~all") || spf.find(" redirect=") != std::string::npos;
}

class MailPractice {
 public:
  MailPractice(const audit::ZoneTextCase& c, audit::Findings& findings)
      : inventory_(c.inventory), zone_(c.text.zone), places_(c.text), findings_(findings) {}

  void judge() {
    const auto& apex = zone_.origin;
    for (const auto& set : zone_.rrsets) {
      if (set.type != RrType::MX) continue;
      if (set.owner != apex && !is_open(set.owner)) host(set);
    }
    const auto dmarc_name = Name::parse("_dmarc." + apex.fqdn());
    if (!dmarc_name || is_open(apex) || is_open(*dmarc_name)) return;
    const auto* mx = dns::set_at(zone_, apex, RrType::MX);
    const auto spf = texts_at(zone_, apex, "v=spf1"), dmarc = texts_at(zone_, *dmarc_name, "v=dmarc1");
    if (mx == nullptr && spf.empty() && dmarc.empty()) return;  // it says nothing of mail
    several(apex, spf, "spf-several");
    several(*dmarc_name, dmarc, "dmarc-several");
    const bool sends_none = !spf.empty() && spf.front() == no_sender;
    if (mx != nullptr ? is_null(*mx) : sends_none) {
      if (!is_sent_from(apex)) without_mail(*dmarc_name, mx, spf, dmarc);
      return;
    }
    if (mx == nullptr) {
      say("mx-missing", apex, RrType::TXT);
    } else if (mx->rdata.size() == 1) {
      say("mx-single", apex, RrType::MX);
    }
    sender(apex, spf);
    if (dmarc.empty()) {
      say("dmarc-missing", apex, mx != nullptr ? RrType::MX : RrType::TXT);
    } else if (tag_in(dmarc.front(), "p").empty()) {
      say("dmarc-policy-missing", *dmarc_name, RrType::TXT);
    }
  }

 private:
  void without_mail(const Name& dmarc_name, const dns::RRset* mx, const std::vector<std::string>& spf,
                    const std::vector<std::string>& dmarc) {
    const auto& apex = zone_.origin;
    const auto type = mx != nullptr ? RrType::MX : RrType::TXT;
    if (mx == nullptr) say("null-mx-missing", apex, type);
    if (spf.empty() || spf.front() != no_sender) say("none-sends", apex, spf.empty() ? type : RrType::TXT);
    if (dmarc.empty()) {
      say("none-rejected", apex, type);
    } else if (tag_in(dmarc.front(), "p") != "reject") {
      say("none-rejected", dmarc_name, RrType::TXT);
    }
  }

  /// A name below the apex that mail goes to; DMARC has it from above.
  void host(const dns::RRset& mx) {
    const auto spf = texts_at(zone_, mx.owner, "v=spf1");
    several(mx.owner, spf, "spf-several");
    if (!is_null(mx)) {
      if (mx.rdata.size() == 1) say("mx-single", mx.owner, RrType::MX);
      sender(mx.owner, spf);
    } else if (!is_sent_from(mx.owner) && (spf.empty() || spf.front() != no_sender)) {
      say("none-sends", mx.owner, spf.empty() ? RrType::MX : RrType::TXT);
    }
  }

  void sender(const Name& name, const std::vector<std::string>& spf) {
    if (spf.empty()) {
      say("spf-missing", name, RrType::MX);
    } else if (!is_closed(spf.front())) {
      say("spf-open", name, RrType::TXT);
    }
  }

  void several(const Name& name, const std::vector<std::string>& records, std::string_view wording) {
    if (records.size() < 2) return;
    findings_.add({.values = {{"owner", name}},
                   .wording = wording,
                   .severity = Severity::warning,
                   .at = places_.of(name, RrType::TXT)});
  }

  void say(std::string_view wording, const Name& name, RrType type) {
    findings_.add({.values = {{"owner", name}}, .wording = wording, .at = places_.of(name, type)});
  }

  /// The inventory has mail sent from it: it is not to say that there is none. mx-null-sender says what is wrong then.
  bool is_sent_from(const Name& name) const {
    const auto& all = inventory_.domains;
    return std::any_of(all.begin(), all.end(),
                       [&](const auto& domain) { return domain.name == name && !domain.via.empty(); });
  }

  bool is_open(const Name& name) const {
    return std::any_of(zone_.open.begin(), zone_.open.end(), [&](const dns::OpenQuestion& one) {
      return one.owner == name && (one.type == RrType{} || one.type == RrType::MX || one.type == RrType::TXT);
    });
  }

  const audit::Inventory& inventory_;
  const dns::ZoneFile& zone_;
  Places places_;
  audit::Findings& findings_;
};

}  // namespace

void judge_zone_mail_incomplete(const audit::ZoneTextCase& c, audit::Findings& findings) {
  MailPractice(c, findings).judge();
}

}  // namespace rdnsgate::rules
