// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/paths/receivers.h"

#include <array>

namespace rdnsgate::run {
namespace {

using mailauth::DmarcPolicy;
using report::PathEffect;
using report::ReceiverRule;
using Verdict = report::PathRow::Verdict;

struct Judged {
  ReceiverRule rule;
  Tri (*broken)(const Signs&);
};

constexpr std::string_view
    at_gmail = "https://support.google.com/a/answer/81126",
    at_yahoo = "https://senders.yahooinc.com/best-practices/",
    at_microsoft =
        "https://techcommunity.microsoft.com/blog/microsoftdefenderforoffice365blog/"
        "strengthening-email-ecosystem-outlook%E2%80%99s-new-requirements-for-high%E2%"
        "80%90volume-senders/4399730",
    at_postfix = "https://www.postfix.org/postconf.5.html",
    at_exim = "https://www.exim.org/exim-html-current/doc/html/spec_html/ch-main_configuration.html",
    at_rspamd = "https://docs.rspamd.com/modules/hfilter",
    at_rspamd_spf = "https://docs.rspamd.com/modules/spf",
    at_rspamd_dmarc = "https://docs.rspamd.com/modules/dmarc", rfc_dmarc = "RFC 9989";

constexpr std::string_view needs_ptr = "the address needs a PTR record whose name resolves back to it",
                           needs_either = "mail has to pass SPF or DKIM", needs_spf = "mail has to pass SPF",
                           needs_dkim = "mail has to be signed with a DKIM key that is published",
                           needs_dmarc = "the domain needs a DMARC record, if only with p=none",
                           needs_alignment =
                               "SPF or DKIM has to pass for the domain in From, so that DMARC passes";

Tri unconfirmed(const Signs& signs) { return !signs.confirmed; }
Tri unauthenticated(const Signs& signs) { return !signs.authenticated(); }
Tri no_spf(const Signs& signs) { return !signs.spf_pass; }
Tri no_dkim(const Signs& signs) { return !signs.dkim; }
Tri no_dmarc(const Signs& signs) { return !signs.dmarc_record; }
/// Without a record, that is what is wrong.
Tri unaligned(const Signs& signs) { return signs.dmarc_record && !signs.aligned(); }
template <DmarcPolicy policy>
Tri falls_under(const Signs& signs) {
  if (signs.dmarc_record == Tri::yes && signs.policy != policy) return Tri::no;
  return unaligned(signs);
}
Tri bad_characters(const Signs& signs) { return signs.helo_characters ? Tri::no : Tri::yes; }
Tri unresolvable(const Signs& signs) { return !signs.helo_resolves; }
Tri spf_fails(const Signs& signs) { return signs.spf_fail; }

constexpr bool for_bulk = true;
constexpr auto refused = PathEffect::refused, quarantined = PathEffect::quarantined,
               configured = PathEffect::configured, scored = PathEffect::scored;

constexpr std::array asked_by_receivers{
    Judged{{"gmail-ptr", "Gmail", refused, !for_bulk, needs_ptr, "550-5.7.25", at_gmail}, unconfirmed},
    Judged{{"yahoo-ptr", "Yahoo", refused, !for_bulk, needs_ptr, "", at_yahoo}, unconfirmed},
    Judged{{"gmail-authentication", "Gmail", refused, !for_bulk, needs_either, "550-5.7.26", at_gmail},
           unauthenticated},
    Judged{{"yahoo-authentication", "Yahoo", refused, !for_bulk, needs_either, "", at_yahoo},
           unauthenticated},
    Judged{{"gmail-bulk-spf", "Gmail", refused, for_bulk, needs_spf, "", at_gmail}, no_spf},
    Judged{{"yahoo-bulk-spf", "Yahoo", refused, for_bulk, needs_spf, "", at_yahoo}, no_spf},
    Judged{{"microsoft-bulk-spf", "Microsoft", refused, for_bulk, needs_spf, "550 5.7.515", at_microsoft},
           no_spf},
    Judged{{"gmail-bulk-dkim", "Gmail", refused, for_bulk, needs_dkim, "", at_gmail}, no_dkim},
    Judged{{"yahoo-bulk-dkim", "Yahoo", refused, for_bulk, needs_dkim, "", at_yahoo}, no_dkim},
    Judged{{"microsoft-bulk-dkim", "Microsoft", refused, for_bulk, needs_dkim, "550 5.7.515", at_microsoft},
           no_dkim},
    Judged{{"gmail-bulk-dmarc", "Gmail", refused, for_bulk, needs_dmarc, "", at_gmail}, no_dmarc},
    Judged{{"yahoo-bulk-dmarc", "Yahoo", refused, for_bulk, needs_dmarc, "", at_yahoo}, no_dmarc},
    Judged{{"microsoft-bulk-dmarc", "Microsoft", refused, for_bulk, needs_dmarc, "550 5.7.515", at_microsoft},
           no_dmarc},
    Judged{{"gmail-bulk-alignment", "Gmail", refused, for_bulk, needs_alignment, "", at_gmail}, unaligned},
    Judged{{"yahoo-bulk-alignment", "Yahoo", refused, for_bulk, needs_alignment, "", at_yahoo}, unaligned},
    Judged{{"microsoft-bulk-alignment", "Microsoft", refused, for_bulk, needs_alignment, "550 5.7.515",
            at_microsoft},
           unaligned},
    Judged{{"dmarc-reject", "whoever applies DMARC", refused, !for_bulk,
            "the domain asks with p=reject to refuse what does not pass DMARC", "", rfc_dmarc},
           falls_under<DmarcPolicy::reject>},
    Judged{{"dmarc-quarantine", "whoever applies DMARC", quarantined, !for_bulk,
            "the domain asks with p=quarantine not to trust what does not pass DMARC", "", rfc_dmarc},
           falls_under<DmarcPolicy::quarantine>},
    Judged{
        {"exim-helo-characters", "Exim", refused, !for_bulk,
         "a HELO name has letters, digits, hyphens and dots alone, or is an address literal", "501", at_exim},
        bad_characters},
    Judged{{"postfix-client-hostname", "Postfix", configured, !for_bulk, "reject_unknown_client_hostname",
            "450", at_postfix},
           unconfirmed},
    Judged{{"postfix-helo-hostname", "Postfix", configured, !for_bulk, "reject_unknown_helo_hostname", "450",
            at_postfix},
           unresolvable},
    Judged{{"rspamd-hostname", "rspamd", scored, !for_bulk, "no confirmed host name",
            "HFILTER_HOSTNAME_UNKNOWN", at_rspamd},
           unconfirmed},
    Judged{{"rspamd-helo", "rspamd", scored, !for_bulk, "the HELO name has no A or MX record",
            "HFILTER_HELO_NORES_A_OR_MX", at_rspamd},
           unresolvable},
    Judged{{"rspamd-spf", "rspamd", scored, !for_bulk, "SPF fails", "R_SPF_FAIL", at_rspamd_spf}, spf_fails},
    Judged{{"rspamd-dmarc", "rspamd", scored, !for_bulk, "DMARC fails under p=reject", "DMARC_POLICY_REJECT",
            at_rspamd_dmarc},
           falls_under<DmarcPolicy::reject>},
};

}  // namespace

std::vector<const ReceiverRule*> receiver_rules() {
  std::vector<const ReceiverRule*> all;
  for (const auto& one : asked_by_receivers) all.push_back(&one.rule);
  return all;
}

Received receive(const Signs& signs, bool counts_bulk) {
  Received received;
  bool is_refused = false, is_open = false;
  for (const auto& one : asked_by_receivers) {
    if (one.rule.bulk_only && !counts_bulk) continue;
    const auto broken = one.broken(signs);
    if (broken == Tri::yes) received.broken.push_back(&one.rule);
    if (one.rule.effect != refused) continue;
    is_refused = is_refused || broken == Tri::yes;
    is_open = is_open || broken == Tri::unknown;
  }
  received.verdict = is_refused ? Verdict::refused : is_open ? Verdict::unknown : Verdict::accepted;
  return received;
}

}  // namespace rdnsgate::run
