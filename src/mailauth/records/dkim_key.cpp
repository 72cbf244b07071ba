// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/dkim_key.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text/text.h"
#include "mailauth/records/dkim_key_material.h"
#include "mailauth/records/record_text.h"

namespace rdnsgate::mailauth {
namespace {

constexpr std::string_view key_record = "RFC 6376 §3.6.1";
constexpr std::array<std::string_view, 8> dkim_tags{"v", "g", "h", "k", "n", "p", "s", "t"};

class DkimJudge {
 public:
  DkimJudge(DkimRecord& record, Reasons& reasons) : record_(record), text_(record.text), reasons_(reasons) {}

  void judge() {
    judge_size(text_, reasons_);
    if (trimmed(text_, tag_blanks).empty()) {
      reasons_.error("empty-record", key_record, {}, "the record is empty",
                     "publish v=DKIM1; k=rsa; p=... with the key");
      return;
    }
    if (const auto kind = kind_of(text_); kind && kind->version != "v=dkim1") {
      reasons_.error("other-record", key_record, {0, 0, text_.size()},
                     fmt::format("this is {}, and no DKIM key", kind->words),
                     fmt::format("it belongs {}", kind->place));
      return;
    }
    record_.tags = parse_tag_list(text_, reasons_);
    std::vector<Place> notes;
    for (const auto& one : record_.tags.tags) {
      if (one.name == "n") notes.push_back({0, one.value_offset, one.value_length});
    }
    judge_octets(text_, notes, tag_grammar, reasons_);
    if (is_signature()) return;
    for (const auto& one : record_.tags.tags) {
      if (one.name != "n" && judge_semicolons(one, dkim_tags, tag_grammar, reasons_)) break;
    }
    judge_names(record_.tags, dkim_tags, tag_grammar, reasons_);
    version();
    const bool known_type = key_type();
    hashes();
    services();
    flags();
    granularity();
    key(known_type);
  }

 private:
  const Tag* tag(std::string_view name) const { return record_.tags.find(name); }

  bool is_signature() {
    const auto* b = tag("b");
    if (b == nullptr || tag("bh") == nullptr) return false;
    reasons_.error("signature", key_record, b->place(),
                   "this is the DKIM-Signature field of a message, and no key",
                   "publish the public key of the selector that its s= names");
    return true;
  }

  void version() {
    const auto* v = tag("v");
    if (v == nullptr) {
      if (!tag("V"))
        reasons_.note("no-version", key_record, {},
                      "the record does not begin with v=DKIM1, which is recommended");
      return;
    }
    if (v != &record_.tags.tags.front())
      reasons_.error("version-not-first", key_record, v->place(), "v= has to be the first tag",
                     "begin the record with v=DKIM1");
    if (v->value == "DKIM1" || reasons_.has("missing-semicolon")) return;
    reasons_.error(
        "version", key_record, v->value_place(),
        fmt::format("the version is \"{}\": verifiers discard records of any version but DKIM1",
                    brief(v->value)),
        ascii_upper(v->value) == "DKIM1" ? "write DKIM1 in capitals: it is case-sensitive" : "write v=DKIM1");
  }

  /// False where it is none that is known, so that nothing can be said of the key.
  bool key_type() {
    const auto* k = tag("k");
    if (k == nullptr || k->value == "rsa" || k->value == "ed25519") return true;
    const auto lower = ascii_lower(k->value);
    const bool cased = lower == "rsa" || lower == "ed25519";
    reasons_.error("key-type", cased ? tag_grammar : key_record, k->value_place(),
                   k->value.empty() ? std::string("k= is empty")
                                    : fmt::format("there is no key type \"{}\": verifiers ignore the key",
                                                  brief(k->value)),
                   cased ? fmt::format("write {} in small letters: values are case-sensitive", lower)
                         : "it is rsa or ed25519; without k=, rsa");
    return false;
  }

  void hashes() {
    const auto* h = tag("h");
    if (h == nullptr) return;
    const auto items = items_of(*h, ':');
    const auto has = [&](std::string_view name) {
      return std::find_if(items.begin(), items.end(), [&](const auto& one) { return one.text == name; });
    };
    const auto sha1 = has("sha1");
    if (has("sha256") == items.end()) {
      reasons_.error("no-sha256", "RFC 8301 §3.1", h->value_place(),
                     sha1 != items.end()
                         ? "h= allows sha1 alone, with which nobody may sign or verify any more"
                         : "h= does not allow sha256, the hash of every signature in use",
                     "leave h= out, or write h=sha256");
    } else if (sha1 != items.end()) {
      reasons_.warn("sha1", "RFC 8301 §3.1", sha1->place(),
                    "h= allows sha1, which is not to be used any more", "write h=sha256, or leave h= out");
    }
  }

  void services() {
    const auto* s = tag("s");
    if (s == nullptr) return;
    const auto items = items_of(*s, ':');
    if (std::any_of(items.begin(), items.end(),
                    [](const auto& one) { return one.text == "*" || one.text == "email"; }))
      return;
    reasons_.error("service-type", key_record, s->value_place(),
                   fmt::format("s={} does not let the key be used for mail", brief(s->value)),
                   "leave s= out, or write s=email");
  }

  void flags() {
    const auto* t = tag("t");
    if (t == nullptr) return;
    for (const auto& flag : items_of(*t, ':')) {
      if (flag.text == "y") {
        reasons_.warn("testing", key_record, flag.place(),
                      "t=y says that the domain only tests DKIM: verifiers may treat its mail as unsigned",
                      "leave t=y out once signatures verify");
      } else if (flag.text == "s") {
        reasons_.note("strict", key_record, flag.place(), "t=s: i= of a signature must not name a subdomain");
      } else {
        reasons_.warn("unknown-flag", key_record, flag.text.empty() ? t->place() : flag.place(),
                      flag.text.empty()
                          ? std::string("an item of t= is empty")
                          : fmt::format("there is no flag \"{}\": it is ignored", brief(flag.text)));
        break;
      }
    }
  }

  void granularity() {
    const auto* g = tag("g");
    if (g == nullptr) return;
    reasons_.warn(
        "granularity", "RFC 6376 §C.2", g->place(),
        g->value == "*"
            ? "g= is historic, and ignored"
            : "g= is historic: new verifiers ignore it, and old ones refuse addresses that it does not name",
        "leave g= out");
  }

  void key(bool known_type) {
    const auto* p = tag("p");
    if (p == nullptr) {
      reasons_.error("no-key", key_record, {}, "the record has no p=, and so no key",
                     tag("P") ? "write p= in small letters" : "publish the public key as p=");
      return;
    }
    if (p->value.empty()) {
      record_.revoked = true;
      reasons_.warn("revoked", key_record, p->place(),
                    "p= is empty: the key is revoked, and its signatures fail",
                    "publish the public key as p=, where mail is still signed with this selector");
      return;
    }
    const auto* k = tag("k");
    KeyJudge(*p,
             known_type ? (k == nullptr        ? KeyType::unsaid
                           : k->value == "rsa" ? KeyType::rsa
                                               : KeyType::ed25519)
                        : KeyType::unknown,
             reasons_)
        .judge(record_.key);
  }

  DkimRecord& record_;
  const std::string& text_;
  Reasons& reasons_;
};

}  // namespace

DkimJudgement judge_dkim(const std::vector<std::string>& texts) {
  DkimJudgement judged;
  if (texts.empty()) judged.reasons.error("no-record", key_record, {}, "there is no record");
  for (std::size_t i = 0; i < texts.size(); ++i) judged.records.push_back({texts[i], {}, {}, false});
  if (texts.size() > 1) {
    judged.reasons.begin_record(1);
    judged.reasons.error(
        "several-records", "RFC 6376 §3.6.2.2", {0, 0, texts[1].size()},
        fmt::format("{} TXT records are at this selector: which of them a verifier takes is undefined",
                    texts.size()),
        "leave the key alone there; a second key needs a selector of its own");
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    judged.reasons.begin_record(i);
    DkimJudge(judged.records[i], judged.reasons).judge();
  }
  return judged;
}

}  // namespace rdnsgate::mailauth
