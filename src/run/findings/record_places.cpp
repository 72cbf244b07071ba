// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/findings/record_places.h"

#include <algorithm>
#include <variant>

namespace rdnsgate::run {
namespace {

using dns::Name;
using dns::RrType;

constexpr int most_aliases = 8;

std::string key_of(const Name& owner, RrType type) {
  std::string key = owner.wire();
  key += static_cast<char>(static_cast<unsigned>(type) >> 8);
  key += static_cast<char>(static_cast<unsigned>(type) & 0xff);
  return key;
}

RrType type_of(const IpAddress& address) { return address.is_v4() ? RrType::A : RrType::AAAA; }

/// The first that is none of the `declared`; where there is none, the first.
template <typename Places>
std::optional<Span> first_other(const Places* places, const std::vector<std::string>& declared) {
  if (places == nullptr) return std::nullopt;
  const auto other = std::find_if(places->begin(), places->end(), [&](const auto& place) {
    return std::find(declared.begin(), declared.end(), place.rdata) == declared.end();
  });
  return other != places->end() ? other->at : places->front().at;
}

/// Of several HELO names the one that the finding says.
Name helo_of(const report::Document::Finding& finding, const Name& first) {
  const auto values = finding.values.unpacked();
  const auto* value = audit::find_value(values, "helo");
  const auto* text = value != nullptr ? std::get_if<std::string>(value) : nullptr;
  const auto name = text != nullptr ? Name::from_host(*text) : fail("");
  return name.value_or(first);
}

/// The names in a PTR record that is in no file, as the finding says them.
std::vector<Name> said_of(const report::Document::Finding& finding, const Name& declared) {
  std::vector<Name> names;
  const auto values = finding.values.unpacked();
  const auto* value = audit::find_value(values, "names");
  if (const auto* list = value != nullptr ? std::get_if<audit::List>(value) : nullptr) {
    for (const auto& text : list->items) {
      if (auto name = Name::parse(text)) names.push_back(std::move(*name));
    }
  }
  if (names.empty()) names.push_back(declared);
  return names;
}

}  // namespace

void RecordPlaces::declare(const inventory::Inventory& inventory) {
  inventory_ = &inventory;
  senders_.clear();
  for (const auto& sender : inventory.senders) senders_.emplace(sender.name, &sender);
}

RecordPlaces::Subject RecordPlaces::subject_of(const audit::Target& target) const {
  Subject subject;
  if (target.kind == audit::TargetKind::address) {
    if (const auto ip = IpAddress::read(target.id)) subject.ip = *ip;
    if (const auto* address = subject.ip ? inventory_->find(*subject.ip) : nullptr) {
      subject.ptr = address->ptr;
      subject.helo = address->helo;
      subject.with_helo = {address->ip};
    }
  } else if (target.kind == audit::TargetKind::sender) {
    const auto found = senders_.find(target.id);
    if (found == senders_.end() || !found->second->helo_name) return subject;
    const auto& sender = *found->second;
    subject.helo = *sender.helo_name;
    for (auto i = sender.first_address; i < sender.first_address + sender.address_count; ++i)
      subject.with_helo.push_back(inventory_->addresses[i].ip);
  }
  return subject;
}

void RecordPlaces::add(const Name& owner, RrType type, Span at, const std::string& rdata) {
  // A finding is about pointers, the addresses of a name, or an alias on the way.
  if (type != RrType::PTR && type != RrType::A && type != RrType::AAAA && type != RrType::CNAME) return;
  places_[key_of(owner, type)].push_back({at, rdata});
}

void RecordPlaces::add(const ProposedZones::Places& zone) {
  for (const auto& record : zone.records) {
    add(record.owner, record.type,
        {record.file, static_cast<std::uint32_t>(record.all.begin),
         static_cast<std::uint32_t>(record.all.end)},
        record.rdata);
  }
  for (const auto& record : zone.yaml_records) add(record.owner, record.type, record.at, record.rdata);
}

const std::vector<RecordPlaces::Place>* RecordPlaces::at(const Name& owner, RrType type) const {
  const auto found = places_.find(key_of(owner, type));
  return found == places_.end() ? nullptr : &found->second;
}

const std::vector<RecordPlaces::Place>* RecordPlaces::behind(Name owner, RrType type) const {
  const std::vector<Place>* last = nullptr;
  for (int i = 0; i < most_aliases; ++i) {
    if (const auto* places = at(owner, type)) return places;
    const auto* alias = at(owner, RrType::CNAME);
    const auto target = alias != nullptr ? dns::name_in(alias->front().rdata) : fail("");
    if (alias != nullptr) last = alias;
    if (!target) break;
    owner = *target;
  }
  return last;
}

std::optional<Span> RecordPlaces::pointer(const IpAddress& address, const Name& declared) const {
  return first_other(behind(dns::reverse_name(address), RrType::PTR), {dns::rdata_of(declared)});
}

std::optional<Span> RecordPlaces::host(const Name& name, const std::vector<IpAddress>& declared) const {
  if (name.is_root()) return std::nullopt;
  std::vector<std::string> known;
  for (const auto& address : declared) known.push_back(dns::rdata_of(address));
  std::optional<Span> found;
  for (const auto type : {RrType::A, RrType::AAAA}) {
    const auto* places = behind(name, type);
    if (places == nullptr) continue;
    const auto here = first_other(places, known);
    const bool other = std::any_of(places->begin(), places->end(), [&](const Place& place) {
      return std::find(known.begin(), known.end(), place.rdata) == known.end();
    });
    if (other) return here;
    if (!found) found = here;
  }
  return found;
}

std::optional<Span> RecordPlaces::forward(const report::Document::Finding& finding, const IpAddress& address,
                                          const Name& declared) const {
  std::vector<Name> names;
  if (const auto* pointers = behind(dns::reverse_name(address), RrType::PTR)) {
    for (const auto& place : *pointers) {
      if (auto name = dns::name_in(place.rdata)) names.push_back(std::move(*name));
    }
  } else {
    names = said_of(finding, declared);
  }
  for (const auto& name : names) {
    if (const auto* there = behind(name, type_of(address)))
      return first_other(there, {dns::rdata_of(address)});
  }
  // A name without an address has no line; the record that points to it has.
  return pointer(address, declared);
}

std::optional<Span> RecordPlaces::of(const report::Document::Finding& finding,
                                     const audit::Rule& rule) const {
  if (!may_have_one(finding)) return std::nullopt;
  const auto subject = subject_of(finding.target);
  switch (rule.basis.value_or(audit::Basis::everything)) {
    case audit::Basis::ptr:
    case audit::Basis::times:
      return subject.ip ? pointer(*subject.ip, subject.ptr) : std::nullopt;
    case audit::Basis::forward:
      return subject.ip ? forward(finding, *subject.ip, subject.ptr) : std::nullopt;
    case audit::Basis::helo:
    case audit::Basis::everything:
      return host(helo_of(finding, subject.helo), subject.with_helo);
    case audit::Basis::delegation:
      break;
  }
  return std::nullopt;
}

}  // namespace rdnsgate::run
