// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <optional>
#include <string_view>

#include "audit/subject/path.h"
#include "mailauth/records/alignment.h"
#include "rules/denial.h"
#include "rules/dmarc/rules.h"
#include "rules/public_suffix.h"

namespace rdnsgate::rules {
namespace {

using audit::Args;
using audit::Findings;
using audit::PathCase;
using mailauth::Alignment;

/// Whether one identifier is aligned, to receivers of both generations.
enum class Fit : std::uint8_t {
  absent,   ///< there is none
  aligned,  ///< to both
  apart,    ///< to neither
  half,     ///< to one of them
  open,     ///< a lookup failed that decides it
};

/// What mail of a path authenticates by its declaration, and how that stands to the domain in From.
struct Identifiers {
  dns::Name mail_from, signer;
  mailauth::DmarcForecasts forecasts;
  Fit spf = Fit::open, dkim = Fit::absent;
};

Fit fit_of(const std::optional<Alignment>& tree, const std::optional<Alignment>& list) {
  if (!tree || !list) return Fit::absent;
  if (!is_known(*tree) || !is_known(*list)) return Fit::open;
  if (is_aligned(*tree) != is_aligned(*list)) return Fit::half;
  return is_aligned(*tree) ? Fit::aligned : Fit::apart;
}

bool is_signed(const PathCase& c) {
  return c.relay != nullptr ? !c.relay->dkim.empty() || !c.relay->dkim_domain.empty()
                            : !c.domain.dkim.empty() || c.domain.dkim_domain.has_value();
}

/// Nothing is asked where both are the domain in From.
std::optional<Identifiers> identifiers_of(const PathCase& c) {
  Identifiers all{inventory::mail_from_of(c.domain, c.relay), inventory::signer_of(c.domain, c.relay), {}};
  if (all.mail_from == c.domain.name && all.signer == c.domain.name) return std::nullopt;
  mailauth::PathIdentities path{all.mail_from, {}};
  if (is_signed(c)) path.signers.push_back(all.signer);
  const auto found = mailauth::discover_dmarc(c.desk, c.domain.name, organisational_domain,
                                              mailauth::WalkFor::policy);
  all.forecasts = mailauth::forecast_dmarc(c.desk, found, path, organisational_domain);
  all.spf = fit_of(all.forecasts.tree.spf, all.forecasts.list.spf);
  all.dkim = fit_of(all.forecasts.tree.dkim, all.forecasts.list.dkim);
  return all;
}

/// The first lookup that did not say where an organisation ends, or how strict the domain is.
const dns::Fact* failed_between(const PathCase& c, const dns::Name& authenticated) {
  for (const auto* name : {&c.domain.name, &authenticated}) {
    for (const auto& stop : mailauth::walk_tree(c.desk, *name).stops) {
      if (stop.owner == stop.domain) continue;
      const auto* fact = c.ask(stop.owner, dns::RrType::TXT);
      if (fact != nullptr && is_unknown(*fact)) return fact;
    }
  }
  return nullptr;
}

Args about(const PathCase& c, const Identifiers& all) {
  return {.values = {{"domain", c.domain.name},
                     {"via", c.sender != nullptr ? c.sender->name : c.relay->name},
                     {"mail_from", all.mail_from},
                     {"signer", all.signer}}};
}

/// How the two stand to each other, of an identifier that is apart.
void say_apart(Args args, const std::optional<Alignment>& tree, Fit other, std::string_view alone,
               Severity alone_severity, Findings& findings) {
  args.values.emplace_back("alignment", to_string(*tree));
  switch (other) {
    case Fit::apart:
      break;
    case Fit::aligned:
      args.wording = alone;
      args.severity = alone_severity;
      break;
    case Fit::absent:
      args.wording = "unsigned";
      args.severity = Severity::warning;
      break;
    case Fit::half:
      args.wording = "other-half";
      break;
    case Fit::open:
      args.wording = "other-open";
      args.severity = Severity::warning;
      break;
  }
  findings.add(std::move(args));
}

void judge_identifier(const PathCase& c, const Identifiers& all, const dns::Name& name, Fit fit, Fit other,
                      const std::optional<Alignment>& tree, std::string_view alone, Severity alone_severity,
                      Findings& findings) {
  auto args = about(c, all);
  if (fit == Fit::open) {
    const auto* failed = failed_between(c, name);
    args.wording = "open";
    if (failed != nullptr) findings.inconclusive(*failed, std::move(args));
  } else if (fit == Fit::half) {
    args.wording = is_aligned(*tree) ? "tree-only" : "list-only";
    args.severity = other == Fit::aligned ? Severity::info : Severity::warning;
    findings.add(std::move(args));
  } else if (fit == Fit::apart) {
    say_apart(std::move(args), tree, other, alone, alone_severity, findings);
  }
}

}  // namespace

/// That DMARC rests on the signature alone is how most relays work: it is noted.
void judge_dmarc_alignment_spf(PathCase& c, Findings& findings) {
  const auto all = identifiers_of(c);
  if (!all || all->mail_from == c.domain.name) return;
  judge_identifier(c, *all, all->mail_from, all->spf, all->dkim, all->forecasts.tree.spf, "dkim-alone",
                   Severity::info, findings);
}

/// Where it rests on SPF alone, it fails once mail is forwarded.
void judge_dmarc_alignment_dkim(PathCase& c, Findings& findings) {
  const auto all = identifiers_of(c);
  if (!all || all->dkim == Fit::absent || all->signer == c.domain.name) return;
  judge_identifier(c, *all, all->signer, all->dkim, all->spf, all->forecasts.tree.dkim, "spf-alone",
                   Severity::warning, findings);
}

}  // namespace rdnsgate::rules
