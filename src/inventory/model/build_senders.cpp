// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "base/wording.h"
#include "inventory/model/build.h"
#include "inventory/model/expand.h"
#include "inventory/model/fields.h"
#include "inventory/model/internal_view.h"
#include "inventory/problem_codes.h"

namespace rdnsgate::inventory {
namespace {

/// A name as it was written: parsed, with its place.
struct NameText {
  NameTemplate text;
  std::optional<Name> name;  ///< where the text is one, and neither a template nor an address
  std::string_view written;
  Span at;
};

/// An address literal (RFC 5321 §4.1.3) or a bare address: HELO texts that no name can be made of, and that
/// the rules of the helo family judge.
bool is_address_text(std::string_view text) {
  if (text.substr(0, 1) == "[") return true;
  // Most texts are names, and to say what is wrong with one as an address takes longer than to read it.
  const bool may_be = text.find(':') != std::string_view::npos ||
                      (!text.empty() && text.front() >= '0' && text.front() <= '9');
  return may_be && IpAddress::read(text).has_value();
}

/// The HELO's text: of a list its first.
std::optional<yaml::Value> helo_field(const yaml::Value& map) {
  const auto value = map.get("helo");
  if (!value || !value->is_list()) return value;
  return value->first();
}

/// How many HELO names an item has that gives them itself; nullopt where those of its sender hold.
std::optional<std::uint64_t> count_helos(const yaml::Value& map) {
  const auto helo = map.is_map() ? map.get("helo") : std::nullopt;
  if (!helo) return std::nullopt;
  std::uint64_t names = 0;
  if (helo->is_list()) yaml::for_each_item(*helo, [&](const yaml::Value&) { ++names; });
  return std::max<std::uint64_t>(names, 1);
}

class SenderBuilder {
 public:
  SenderBuilder(const Defaults& defaults, const LoadOptions& options, yaml::Problems& problems,
                Inventory& inventory)
      : defaults_(defaults), options_(options), problems_(problems), inventory_(inventory) {}

  void build(const yaml::Value& list);

 private:
  struct Entry {  // one item of `addresses`
    AddressRange range;
    bool is_range = false;
    std::vector<Prefix> except;  // addresses of the range that are none of the pool
    std::uint64_t start = 1;     // what {n} is for the first address
    bool faulty = false;         // one of its keys is unknown, and may be the ptr, misspelt
    std::uint32_t ttl = 0;
    bool ttl_declared = false;
    Span at;
    std::optional<NameText> ptr;
    const NameText* helo = nullptr;
    const std::vector<NameText>* other_helos = nullptr;  // of further mail servers behind the address
    InternalTexts internal;
  };
  struct OfSender {  // what holds for all entries that don't say otherwise
    std::optional<NameText> helo;
    std::vector<NameText> other_helos;
    InternalTexts internal;
  };

  std::optional<std::size_t> count_addresses(const yaml::Value& list) const;
  void sender(const yaml::Value& map);
  void entry(const yaml::Value& item, const OfSender& of_sender);
  std::optional<NameText> name_text(const yaml::Value& map, std::string_view key);
  std::optional<NameText> read_name(const yaml::Value& value, bool is_helo);
  std::vector<NameText> other_helos(const yaml::Value& map);
  std::optional<AddressRange> entry_range(const yaml::Value& item, bool& is_range);
  std::string range_hint(std::string_view text, const AddressRange& range) const;
  std::optional<AddressRange> mapped_range(const yaml::Value& item, bool& is_range);
  bool read_exceptions(const yaml::Value& item, Entry& entry);
  bool read_start(const yaml::Value& item, Entry& entry) const;
  bool check_templates(const Entry& entry);
  void expand(const Entry& entry);
  bool expand_one(const Entry& entry, std::uint64_t index);
  const Name* name_of(const NameText& text, const IpAddress& ip, std::uint64_t index, std::string_view ptr,
                      Name& buffer) const;
  bool expand_others(const Entry& entry, std::uint64_t place, Address& address);
  void check_distinct(const Entry& entry, std::size_t first);
  void mark_first_with_helo(std::span<Address> addresses) const;
  void add_further(const Sender& sender);
  void no_ptr(const Entry& entry);
  bool has_faulty_key(const yaml::Value& map) const;

  const Defaults& defaults_;
  const LoadOptions& options_;
  yaml::Problems& problems_;
  Inventory& inventory_;
  bool told_no_ptr_ = false;  // once for a sender is enough
  struct Further {
    const char* written = nullptr;  // where its text is, which tells it from all others
    Sender sender;
    std::vector<Address> addresses;
  };
  std::vector<Further> further_;  // of the sender in hand
};

void SenderBuilder::build(const yaml::Value& list) {
  const auto count = count_addresses(list);
  if (!count) return;
  auto& addresses = inventory_.addresses;  // those of the files before this one are there
  const std::size_t needed = addresses.size() + *count;
  if (needed > addresses.capacity())
    addresses.reserve(addresses.empty() ? needed : std::max(needed, 2 * addresses.capacity()));
  auto& senders = inventory_.senders;
  if (const auto more = senders.size() + list.size(); more > senders.capacity())
    senders.reserve(senders.empty() ? more : std::max(more, 2 * senders.capacity()));
  yaml::for_each_item(list, [&](const yaml::Value& item) {
    if (item.is_map()) sender(item);
  });
}

/// Before anything is expanded, and so without a word about ranges that are none. nullopt, and a problem,
/// where the limit is passed by all files so far; an address counts once for each of its HELO names.
std::optional<std::size_t> SenderBuilder::count_addresses(const yaml::Value& list) const {
  const std::uint64_t limit = options_.limits.addresses;
  std::uint64_t total = inventory_.addresses.size() + inventory_.further_addresses.size(), addresses = 0;
  const auto count = [&](const yaml::Value& item, std::uint64_t helos) {
    if (total > limit) return;
    const auto text = text_field(item, "range");
    std::uint64_t more = 1;
    if (text) {
      if (const auto range = parse_range(text->text())) more = range->count;
    }
    addresses += more;
    total = more > limit ? more : total + more * helos;
    if (total <= limit) return;
    const bool by_names = helos > 1 && more <= limit;
    problems_.add(code::limit, text ? text->span() : item.span(),
                  fmt::format("with this the senders come to {} addresses{}; the limit is {}",
                              total == ~std::uint64_t{0} ? "2^64 or more" : fmt::to_string(total),
                              by_names ? ", one for each HELO name of an address" : "", limit),
                  by_names ? "give several names to those addresses alone that several mail servers leave from"
                           : "list only what really sends: an IPv6 /64 is not a list");
  };
  yaml::for_each_item(list, [&](const yaml::Value& sender) {
    const auto helos = count_helos(sender).value_or(1);
    const auto items = sender.get("addresses");
    if (!items) return;
    yaml::for_each_item(*items, [&](const yaml::Value& item) { count(item, count_helos(item).value_or(helos)); });
  });
  if (total > limit) return std::nullopt;
  return static_cast<std::size_t>(addresses);
}

void SenderBuilder::sender(const yaml::Value& map) {
  Sender sender;
  sender.name = string_field(map, "name");
  const auto name = map.get("name");
  sender.at = name ? name->span() : map.span();
  sender.owner = string_field(map, "owner");
  if (sender.owner.empty()) sender.owner = defaults_.owner;
  const auto helo_value = helo_field(map);
  if (helo_value && helo_value->is_text()) sender.helo_text = helo_value->text();
  sender.helo_at = helo_value ? helo_value->span() : sender.at;
  const OfSender of_sender{name_text(map, "helo"), other_helos(map), InternalTexts::read(map, problems_)};
  further_.clear();
  if (of_sender.helo) sender.helo_name = of_sender.helo->name;
  sender.first_address = static_cast<AddressIndex>(inventory_.addresses.size());
  inventory_.senders.push_back(std::move(sender));
  told_no_ptr_ = has_faulty_key(map);  // it may be the helo, misspelt
  if (const auto addresses = map.get("addresses")) {
    yaml::for_each_item(*addresses, [&](const yaml::Value& item) {
      if (!problems_.full()) entry(item, of_sender);
    });
  }
  Sender& added = inventory_.senders.back();
  added.address_count = static_cast<AddressIndex>(inventory_.addresses.size()) - added.first_address;
  mark_first_with_helo(std::span(inventory_.addresses).subspan(added.first_address, added.address_count));
  add_further(added);
}

std::optional<NameText> SenderBuilder::name_text(const yaml::Value& map, std::string_view key) {
  const bool is_helo = key == "helo";
  const auto value = is_helo ? helo_field(map) : text_field(map, key);
  return value && value->is_text() ? read_name(*value, is_helo) : std::nullopt;
}

std::optional<NameText> SenderBuilder::read_name(const yaml::Value& value, bool is_helo) {
  auto made = NameTemplate::parse(value.text());
  if (!made) {
    report_value(problems_, value.span(), made.error());
    return std::nullopt;
  }
  std::optional<Name> fixed;
  if (made->is_fixed() && !(is_helo && is_address_text(value.text()))) {
    auto name = Name::from_host(value.text());
    if (!name) {
      report_value(problems_, value.span(), name.error());
      return std::nullopt;
    }
    fixed = std::move(*name);
  }
  return NameText{std::move(*made), std::move(fixed), value.text(), value.span()};
}

/// Of a list all but the first.
std::vector<NameText> SenderBuilder::other_helos(const yaml::Value& map) {
  std::vector<NameText> others;
  const auto list = map.get("helo");
  if (!list || !list->is_list()) return others;
  bool is_first = true;
  yaml::for_each_item(*list, [&](const yaml::Value& item) {
    if (!item.is_text()) return;
    if (is_address_text(item.text())) {
      return report_value(
          problems_, item.span(),
          {fmt::format("{} is one of several HELO names, and is no name", in_quotes(item.text())),
           "mail servers behind one address are told apart by their names"});
    }
    if (std::exchange(is_first, false)) return;
    if (auto text = read_name(item, true)) others.push_back(std::move(*text));
  });
  return others;
}

std::optional<AddressRange> SenderBuilder::entry_range(const yaml::Value& item, bool& is_range) {
  if (item.is_map()) return mapped_range(item, is_range);
  if (!item.is_text()) return std::nullopt;
  if (const auto ip = IpAddress::read(item.text())) return AddressRange{*ip, 1, {}};
  const bool like_a_range = item.text().find_first_of("/-") != std::string_view::npos;
  if (const auto range = like_a_range ? parse_range(item.text()) : fail("")) {
    report_value(problems_, item.span(),
                 {fmt::format("{} is a range, not an address", in_quotes(item.text())), range_hint(item.text(), *range)});
  } else {
    auto error = IpAddress::parse(item.text()).error();
    const bool has_length = item.text().find('/') != std::string_view::npos && item.text().find("://") == std::string_view::npos;
    if (has_length && !error.hint.empty()) error.hint += ", or use `range:` for a block";
    report_value(problems_, item.span(), error);
  }
  return std::nullopt;
}

std::string SenderBuilder::range_hint(std::string_view text, const AddressRange& range) const {
  const auto limit = options_.limits.addresses;
  if (range.count > limit)
    return fmt::format("it has more addresses than an inventory may have ({}): list those that mail leaves from", limit);
  return fmt::format("write {{range: {}, ptr: \"out-{}.mail.example\"}}", text, range.first.is_v4() ? "{4}" : "{n}");
}

std::optional<AddressRange> SenderBuilder::mapped_range(const yaml::Value& item, bool& is_range) {
  const auto ip = item.get("ip"), range = item.get("range");
  if (ip && range) {
    problems_.add(code::schema, range->span(), "this entry has both ip and range", "keep one of them");
  } else if (!ip && !range) {
    if (!problems_.has(item.span()) && !problems_.has(item.first() ? item.first()->span() : item.span())) {
      problems_.add(code::schema, item.span(), "this entry has neither ip nor range",
                    "give the address: {ip: 192.0.2.10, ...}");
    }
  } else if (ip && ip->is_text()) {
    const auto address = IpAddress::parse(ip->text());
    if (address) return AddressRange{*address, 1, {}};
    report_value(problems_, ip->span(), address.error());
  } else if (range && range->is_text()) {
    auto parsed = parse_range(range->text());
    is_range = true;
    if (parsed) return std::move(*parsed);
    report_value(problems_, range->span(), parsed.error());
  }
  return std::nullopt;
}

void SenderBuilder::entry(const yaml::Value& item, const OfSender& of_sender) {
  Entry entry;
  std::optional<NameText> own_helo;
  std::vector<NameText> own_others;
  entry.at = item.span();
  entry.ttl = static_cast<std::uint32_t>(defaults_.ttl.count());
  entry.ttl_declared = defaults_.ttl_declared;
  if (item.is_map()) {
    entry.faulty = has_faulty_key(item);
    if (const auto ip = item.get("ip")) entry.at = ip->span();
    if (const auto range = item.get("range")) entry.at = range->span();
    if (const auto ttl = duration_field(item, "ttl", problems_)) {
      entry.ttl = static_cast<std::uint32_t>(ttl->count());
      entry.ttl_declared = true;
    }
    entry.ptr = name_text(item, "ptr");
    own_helo = name_text(item, "helo");
    own_others = other_helos(item);
    entry.internal = InternalTexts::read(item, problems_);
    if ((item.get("ptr") && !entry.ptr) || (item.get("helo") && !own_helo)) return;  // reported
  }
  const auto& helo = own_helo ? own_helo : of_sender.helo;
  entry.helo = helo ? &*helo : nullptr;
  entry.other_helos = own_helo ? &own_others : &of_sender.other_helos;
  entry.internal.inherit(of_sender.internal);
  auto range = entry_range(item, entry.is_range);
  if (!range) return;
  entry.range = std::move(*range);
  if (!read_start(item, entry) || !read_exceptions(item, entry)) return;
  if (!check_templates(entry) || !entry.internal.check(entry.range, problems_)) return;
  auto& ranges = inventory_.senders.back().ranges;
  if (entry.is_range) ranges.insert(ranges.end(), entry.range.prefixes.begin(), entry.range.prefixes.end());
  expand(entry);
}

bool SenderBuilder::read_start(const yaml::Value& item, Entry& entry) const {
  const auto value = item.is_map() ? item.get("start") : std::nullopt;
  if (!value) return true;
  if (!entry.is_range) {
    problems_.add(code::schema, value->span(), "one address has no numbers to begin with",
                  "start goes with a range");
    return false;
  }
  const auto number = value->integer();
  if (number && *number >= 0)
    entry.start = static_cast<std::uint64_t>(*number);  // else the schema has said so
  return true;
}

/// False, and a problem, where one of them cannot be meant.
bool SenderBuilder::read_exceptions(const yaml::Value& item, Entry& entry) {
  const auto list = item.is_map() ? item.get("except") : std::nullopt;
  if (!list || !list->is_list()) return true;
  if (!entry.is_range) {
    problems_.add(code::schema, list->span(), "one address has no exceptions", "except goes with a range");
    return false;
  }
  const auto before = problems_.count();
  std::uint64_t left = entry.range.count;
  yaml::for_each_item(*list, [&](const yaml::Value& text) {
    if (!text.is_text()) return;
    const auto part = parse_range(text.text());
    if (!part) return report_value(problems_, text.span(), part.error());
    const auto contains = [](const std::vector<Prefix>& all, const Prefix& one) {
      return std::any_of(all.begin(), all.end(), [&](const Prefix& block) { return block.contains(one); });
    };
    for (const auto& block : part->prefixes) {
      if (contains(entry.except, block)) {
        return report_value(problems_, text.span(),
                            {fmt::format("{} is excepted already", in_quotes(text.text())), ""});
      }
    }
    const IpAddress last = part->first.plus(part->count - 1),
                    end = entry.range.first.plus(entry.range.count - 1);
    if (part->first.is_v4() != end.is_v4() || part->first < entry.range.first || end < last) {
      return report_value(problems_, text.span(),
                          {fmt::format("{} is not in the range {}", in_quotes(text.text()),
                                       in_quotes(item.get("range")->text())),
                           "an exception is an address or a block of the range"});
    }
    entry.except.insert(entry.except.end(), part->prefixes.begin(), part->prefixes.end());
    left -= std::min(left, part->count);
  });
  if (problems_.count() > before) return false;
  if (left > 0) return true;
  report_value(problems_, list->span(), {"this leaves no address of the range", "leave out the range"});
  return false;
}

bool SenderBuilder::check_templates(const Entry& entry) {
  const auto wrong = [&](const NameText& text, std::string message, std::string hint) {
    report_value(problems_, text.at, {std::move(message), std::move(hint)});
    return false;
  };
  std::vector<const NameText*> texts;
  if (entry.ptr) texts.push_back(&*entry.ptr);
  if (entry.helo != nullptr) texts.push_back(entry.helo);
  for (const auto& other : *entry.other_helos) texts.push_back(&other);
  for (const auto* text : texts) {
    if (const auto unfit = text->text.unfit_for(entry.range.first))
      return wrong(*text, unfit->message, unfit->hint);
  }
  if (entry.ptr && entry.ptr->text.uses_ptr())
    return wrong(*entry.ptr, "{ptr} cannot stand in the PTR name itself", "");
  if (!entry.ptr && entry.helo != nullptr && entry.helo->text.uses_ptr()) {
    return wrong(*entry.helo,
                 fmt::format("{{ptr}} stands for a PTR name, and {} has none", entry.range.first.to_string()),
                 "give each of its addresses a ptr");
  }
  if (!entry.ptr && (entry.helo == nullptr || is_address_text(entry.helo->written))) no_ptr(entry);
  return true;
}

bool SenderBuilder::has_faulty_key(const yaml::Value& map) const {
  bool faulty = false;
  if (problems_.count() == 0) return faulty;
  yaml::for_each_member(
      map, [&](const yaml::Value& key, const yaml::Value&) { faulty = faulty || problems_.has(key.span()); });
  return faulty;
}

void SenderBuilder::no_ptr(const Entry& entry) {
  const auto& sender = inventory_.senders.back();
  // Where the sender has a HELO that could not be read, that has been said.
  if (told_no_ptr_ || entry.faulty || (entry.helo == nullptr && problems_.has(sender.helo_at))) return;
  told_no_ptr_ = true;
  problems_.add(code::value, entry.at,
                entry.helo != nullptr ? fmt::format("the HELO {} is not a name, so which PTR {} should have is unknown",
                                         in_quotes(entry.helo->written), entry.range.first.to_string())
                           : fmt::format("sender {} has no helo, so which PTR {} should have is unknown",
                                         in_quotes(sender.name), entry.range.first.to_string()),
                "add a helo to the sender, or a ptr to the address");
}

/// The name for one address; nullptr, and a problem, where the expanded text is no name.
const Name* SenderBuilder::name_of(const NameText& text, const IpAddress& ip, std::uint64_t index,
                                   std::string_view ptr, Name& buffer) const {
  if (text.name) return &*text.name;
  auto made = Name::from_host(text.text.expand(ip, index, ptr));
  if (!made) {
    report_value(problems_, text.at, made.error());
    return nullptr;
  }
  buffer = std::move(*made);
  return &buffer;
}

bool SenderBuilder::expand_one(const Entry& entry, std::uint64_t index) {
  Address address;
  address.ip = entry.range.first.plus(index);
  const std::uint64_t place = index + entry.start - 1;  // {n} counts from 1 by itself; -1 comes to 0 there
  if (std::any_of(entry.except.begin(), entry.except.end(),
                  [&](const Prefix& block) { return block.contains(address.ip); }))
    return true;
  address.sender = static_cast<SenderIndex>(inventory_.senders.size() - 1);
  address.ttl = entry.ttl;
  address.ttl_declared = entry.ttl_declared;
  address.at = entry.at;
  address.ptr_at = entry.ptr ? entry.ptr->at : entry.at;
  Name buffer;
  if (entry.ptr) {
    const Name* ptr = name_of(*entry.ptr, address.ip, place, {}, buffer);
    if (ptr == nullptr) return false;
    address.ptr = *ptr;
  }
  if (entry.helo != nullptr && !is_address_text(entry.helo->written)) {
    const std::string ptr_text = entry.helo->text.uses_ptr() ? address.ptr.text() : std::string();
    const Name* helo = name_of(*entry.helo, address.ip, place, ptr_text, buffer);
    if (helo == nullptr) return false;
    address.helo = *helo;
    if (!entry.ptr) address.ptr = *helo;
  }
  if (!expand_others(entry, place, address)) return false;
  if (!entry.internal.expand(place, address, inventory_, problems_)) return false;
  inventory_.addresses.push_back(std::move(address));
  return true;
}

bool SenderBuilder::expand_others(const Entry& entry, std::uint64_t place, Address& address) {
  for (const auto& text : *entry.other_helos) {
    if (text.text.uses_ptr() && address.ptr.is_root()) continue;  // that there is no PTR has been said
    Name buffer;
    const Name* name =
        name_of(text, address.ip, place, text.text.uses_ptr() ? address.ptr.text() : "", buffer);
    if (name == nullptr) return false;
    if (says_helo(address, *name)) {
      problems_.add(code::duplicate, text.at,
                    fmt::format("{} has the HELO name {} already", address.ip.to_string(), name->text()),
                    "several mail servers behind one address have a name each");
      return false;
    }
    address.other_helos.push_back(*name);
    auto known = std::find_if(further_.begin(), further_.end(),
                              [&](const Further& one) { return one.written == text.written.data(); });
    if (known == further_.end()) {
      Further made{text.written.data(), inventory_.senders.back(), {}};
      made.sender.helo_text = text.written;
      made.sender.helo_name = text.text.is_fixed() ? std::optional(*name) : std::nullopt;
      made.sender.helo_at = text.at;
      known = further_.insert(further_.end(), std::move(made));
    }
    Address further = address;
    further.helo = *name;
    further.other_helos.clear();
    further.is_further = true;
    further.at = text.at;
    known->addresses.push_back(std::move(further));
  }
  return true;
}

/// Once the sender is complete.
void SenderBuilder::add_further(const Sender& sender) {
  auto& all = inventory_.further_addresses;
  for (auto& one : further_) {
    mark_first_with_helo(one.addresses);
    one.sender.first_address = sender.first_address;
    one.sender.address_count = sender.address_count;
    one.sender.ranges = sender.ranges;
    const auto first = static_cast<AddressIndex>(all.size());
    const auto count = static_cast<AddressIndex>(one.addresses.size());
    std::move(one.addresses.begin(), one.addresses.end(), std::back_inserter(all));
    inventory_.further_helos.push_back({std::move(one.sender), first, count});
  }
  further_.clear();
}

void SenderBuilder::expand(const Entry& entry) {
  const std::size_t first = inventory_.addresses.size();
  for (std::uint64_t index = 0; index < entry.range.count; ++index) {
    if (!expand_one(entry, index)) break;
  }
  if (entry.is_range) check_distinct(entry, first);
}

/// A template that gives two addresses one name has forgotten something ({4} alone, over more than a /24). A
/// range with one fixed name is somebody's decision.
void SenderBuilder::check_distinct(const Entry& entry, std::size_t first) {
  const NameText* source = entry.ptr ? &*entry.ptr : entry.helo;
  if (source == nullptr || source->text.is_fixed()) return;
  const auto& all = inventory_.addresses;
  std::vector<AddressIndex> order;
  order.reserve(all.size() - first);
  for (std::size_t i = first; i < all.size(); ++i) order.push_back(static_cast<AddressIndex>(i));
  std::sort(order.begin(), order.end(), [&](AddressIndex a, AddressIndex b) {
    const int names = all[a].ptr.wire().compare(all[b].ptr.wire());
    return names != 0 ? names < 0 : a < b;
  });
  const auto twin = std::adjacent_find(
      order.begin(), order.end(), [&](AddressIndex a, AddressIndex b) { return all[a].ptr == all[b].ptr; });
  if (twin == order.end()) return;
  problems_.add(code::duplicate, source->at,
                fmt::format("the template gives {} and {} the same name, {}", all[*twin].ip.to_string(),
                            all[*(twin + 1)].ip.to_string(), all[*twin].ptr.text()),
                "{-} and {n} differ for every address of a range");
}

void SenderBuilder::mark_first_with_helo(std::span<Address> addresses) const {
  if (addresses.size() == 1) {  // a host: there is nothing to compare
    Address& only = addresses.front();
    only.first_with_helo = !only.helo.is_root();
    only.first_with_helo_inside = only.first_with_helo && inventory_.internal_view_of(only) != nullptr;
    return;
  }
  std::unordered_set<std::string_view> seen, seen_inside;
  for (Address& address : addresses) {
    if (address.helo.is_root()) continue;
    address.first_with_helo = seen.insert(address.helo.wire()).second;
    address.first_with_helo_inside =
        inventory_.internal_view_of(address) != nullptr && seen_inside.insert(address.helo.wire()).second;
  }
}

}  // namespace

void build_senders(const yaml::Value& list, const Defaults& defaults, const LoadOptions& options,
                   yaml::Problems& problems, Inventory& inventory) {
  SenderBuilder(defaults, options, problems, inventory).build(list);
}

}  // namespace rdnsgate::inventory
