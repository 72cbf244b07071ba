// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/mail/mail_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/text/text.h"
#include "base/version.h"
#include "dns/facts/collect.h"
#include "rules/public_suffix.h"
#include "run/frame/deadline.h"
#include "run/frame/open_panel.h"
#include "run/frame/read_files.h"

namespace rdnsgate::run {
namespace {

using report::RecordDocument;

RecordDocument new_document(std::string_view kind, Time now) {
  RecordDocument document;
  document.kind = kind;
  document.tool_version = version;
  document.judged_at = now;
  return document;
}

/// Lines without what ends them. Empty ones are no records, unless there is nothing else.
std::vector<std::string> record_lines(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const auto to = std::min(text.find('\n', from), text.size());
    auto line = text.substr(from, to - from);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!trimmed(line).empty()) lines.emplace_back(line);
    from = to + 1;
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

/// Asks for what a reader wants, and keeps what was answered.
class RecordAsker {
 public:
  RecordAsker(const RecordRequest& request, Listener& listener)
      : request_(request), listener_(listener), deadline_(request.asking.deadline) {}

  Attempt<void> ask(const std::function<void(dns::FactDesk&)>& reader, RecordDocument& document) {
    Sources sources;
    auto proposed = read_answers(request_.asking.zone_files, nullptr, sources, listener_);
    if (!proposed) return tl::unexpected(std::move(proposed.error()));
    auto opened = open_panel(usually_declared(), request_.asking, std::move(*proposed));
    if (!opened) return tl::unexpected<Failure>(std::move(opened.error()));
    listener_.loaded();
    auto& panel = *opened->panel;
    if (opened->recorded && !request_.clock.named) document.judged_at = opened->recorded->taken_at;
    vantage_ = nearest_vantage(panel.vantages());
    document.vantage = panel.vantages()[vantage_].name;
    if (!dns::collect(panel, vantage_, facts_, reader, deadline_.left()))
      return give_up("the deadline passed before everything was asked", "give it more time with --deadline",
                     Failure::Kind::unknown);
    return {};
  }

  void note_lookups(RecordDocument& document) const {
    facts_.for_each([&](const dns::Fact& fact) {
      report::RecordLookup lookup{
          fact.question.name, dns::to_string(fact.question.type), fact.outcome, fact.reason, fact.server, {}};
      for (const auto& alias : fact.aliases()) lookup.aliases.push_back(alias.target.text());
      document.lookups.push_back(std::move(lookup));
    });
  }

  const dns::FactStore& facts() const { return facts_; }
  dns::VantageIndex vantage() const { return vantage_; }

 private:
  const RecordRequest& request_;
  Listener& listener_;
  Deadline deadline_;
  dns::FactStore facts_;
  dns::VantageIndex vantage_ = 0;
};

Result<dns::Name> asked_domain(const RecordRequest& request) {
  const std::string_view text = request.domain;
  if (const auto at = text.find_first_of("@/:"); at != std::string_view::npos)
    return fail(fmt::format("\"{}\" is more than a domain: it has \"{}\"", text, text[at]),
                "give the domain alone, such as example.com");
  auto name = dns::Name::from_host(text);
  if (!name) return name;
  if (name->is_root()) return fail("the root is no domain that sends mail");
  if (name->text().starts_with("_dmarc.") || name->text().find("._domainkey.") != std::string::npos)
    return fail(fmt::format("\"{}\" is where a record stands", text),
                "give the domain alone: what stands before it is added here");
  if (name->label_count() == 1 && request.selector.find('.') != std::string::npos)
    return fail(fmt::format("\"{}\" is no domain that has a record of its own", text),
                "the domain comes first, then the selector: rdnsgate dkim example.com selector1");
  return name;
}

Result<dns::Name> selector_name(const RecordRequest& request, const dns::Name& domain) {
  const auto selector = dns::Name::from_host(request.selector);
  if (!selector) return fail("the selector: " + selector.error().message, selector.error().hint);
  if (selector->is_root()) return fail("the selector is empty", "it is what s= of a signature names");
  if (selector->text().find("_domainkey") != std::string::npos)
    return fail(fmt::format("\"{}\" is more than a selector", request.selector),
                "give what stands before ._domainkey alone");
  return dns::Name::parse(selector->text() + "._domainkey." + domain.text());
}

std::string lookup_failed(const dns::Name& name, const mailauth::TxtAnswer& answer) {
  return fmt::format("lookup of {} TXT failed ({})", name.text(), answer.failure);
}

}  // namespace

RecordDocument judge_lines(std::string_view kind, std::string_view text, std::string source, Time now) {
  auto document = new_document(kind, now);
  document.source = std::move(source);
  if (kind == "dkim") {
    auto judged = mailauth::judge_dkim(record_lines(text));
    document.keys = std::move(judged.records);
    document.reasons = std::move(judged.reasons);
  } else {
    auto judged = mailauth::judge_dmarc(record_lines(text));
    document.records = std::move(judged.records);
    document.reasons = std::move(judged.reasons);
  }
  return document;
}

Attempt<RecordDocument> dkim_run(const RecordRequest& request, Listener& listener) {
  auto document = new_document("dkim", request.clock.now());
  const auto domain = asked_domain(request);
  if (!domain) return tl::unexpected<Failure>(domain.error());
  const auto owner = selector_name(request, *domain);
  if (!owner) return tl::unexpected<Failure>(owner.error());
  document.domain = domain->text();
  document.selector = request.selector;
  document.source = owner->text();

  RecordAsker asker(request, listener);
  mailauth::TxtAnswer answer;
  const auto read = [&](dns::FactDesk& desk) {
    answer = mailauth::txt_answer(desk.get(*owner, dns::RrType::TXT));
  };
  if (auto asked = asker.ask(read, document); !asked) return tl::unexpected(std::move(asked.error()));
  asker.note_lookups(document);
  if (!answer.known()) {
    document.record_unknown = true;
    document.unknown.push_back(lookup_failed(*owner, answer));
    return document;
  }
  auto judged = mailauth::judge_dkim(answer.texts);
  document.keys = std::move(judged.records);
  document.reasons = std::move(judged.reasons);
  if (answer.texts.empty() && !document.lookups.empty() && !document.lookups.front().aliases.empty())
    document.reasons.error("dangling-alias", "RFC 6376 §6.1.2", {},
                           fmt::format("{} is an alias of {}, where there is no TXT record", owner->text(),
                                       document.lookups.front().aliases.back()),
                           "publish the key there, or point the alias to where it is");
  return document;
}

Attempt<RecordDocument> dmarc_run(const RecordRequest& request, Listener& listener) {
  auto document = new_document("dmarc", request.clock.now());
  const auto domain = asked_domain(request);
  if (!domain) return tl::unexpected<Failure>(domain.error());
  document.domain = domain->text();

  RecordAsker asker(request, listener);
  mailauth::DmarcDiscovery found;
  const auto read = [&](dns::FactDesk& desk) {
    found = mailauth::discover_dmarc(desk, *domain, rules::organisational_domain);
  };
  if (auto asked = asker.ask(read, document); !asked) return tl::unexpected(std::move(asked.error()));
  asker.note_lookups(document);

  // What stands at the domain itself is what there is to fix, if only to see that it counts for nothing.
  const auto& first = found.walk.stops.front();
  const auto* stop = found.applying();
  const auto& judged_at = first.answer.texts.empty() && stop != nullptr ? *stop : first;
  document.source = judged_at.owner.text();
  document.record_unknown = !first.answer.known() || (stop == nullptr && !found.walk.decided);
  if (first.answer.known() && (stop != nullptr || found.walk.decided || !first.answer.texts.empty())) {
    auto judged = mailauth::judge_dmarc(judged_at.answer.texts);
    document.records = std::move(judged.records);
    document.reasons = std::move(judged.reasons);
    document.reasons.begin_record(judged.applies.value_or(0));
  }
  if (&judged_at != stop) {  // the addresses are those of a record that is not shown
    for (auto& consent : found.consents) consent.at = {};
  }
  mailauth::judge_discovery(found, document.reasons);
  for (const auto& one : found.walk.stops) {
    if (one.answer.state == mailauth::TxtAnswer::State::failed && document.record_unknown)
      document.unknown.push_back(lookup_failed(one.owner, one.answer));
  }
  for (const auto& one : found.consents) {
    if (one.answer.state == mailauth::TxtAnswer::State::failed)
      document.unknown.push_back(lookup_failed(one.owner, one.answer));
  }
  document.discovery = std::move(found);
  return document;
}

}  // namespace rdnsgate::run
