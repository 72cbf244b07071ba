// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/not_dmarc.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/text.h"
#include "mailauth/records/dmarc_tags.h"
#include "mailauth/records/record_text.h"
#include "mailauth/records/tag_list.h"

namespace rdnsgate::mailauth {

void judge_not_dmarc(const std::string& text, Reasons& reasons) {
  const Place all{0, 0, text.size()};
  const auto kind = kind_of(text);
  const auto kept = trimmed(text, tag_blanks);
  if (kept.empty()) {
    reasons.error("empty-record", dmarc_format, {}, "the record is empty", "publish v=DMARC1; p=...");
    return;
  }
  if (kind && kind->version != "v=dmarc1") {
    reasons.error("other-record", dmarc_format, all,
                  fmt::format("this is {}, and no DMARC record", kind->words),
                  fmt::format("it belongs {}", kind->place));
    return;
  }
  judge_size(text, reasons);
  judge_octets(text, {}, dmarc_grammar, reasons);
  const auto tags = parse_tag_list(text, reasons);
  bool joined = false;
  for (const auto& one : tags.tags)
    joined = joined || judge_semicolons(one, dmarc_tags, dmarc_grammar, reasons);
  judge_names(tags, dmarc_tags, dmarc_format, reasons);
  const auto v = std::find_if(tags.tags.begin(), tags.tags.end(),
                              [](const Tag& one) { return ascii_lower(one.name) == "v"; });
  const bool is_first = v == tags.tags.begin();
  if (v == tags.tags.end()) {
    reasons.error("no-version", dmarc_format, {},
                  "the record does not begin with v=DMARC1: receivers leave it aside",
                  "write v=DMARC1 first");
  } else if (v->value == "DMARC1" && (!is_first || kept.data() != text.data())) {
    reasons.error("version-not-first", dmarc_format, v->place(),
                  is_first ? "blanks stand before v=DMARC1: receivers leave the record aside"
                           : "v= has to be the first tag: receivers leave the record aside",
                  "begin the record with v=DMARC1");
  } else if (!joined) {
    reasons.error(
        "version", dmarc_format, v->value_place(),
        fmt::format("the version is \"{}\": receivers leave aside what is not DMARC1", brief(v->value)),
        ascii_upper(v->value) == "DMARC1" ? "write DMARC1 in capitals: it is case-sensitive"
                                          : "write v=DMARC1");
  }
}

}  // namespace rdnsgate::mailauth
