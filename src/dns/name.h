// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>

#include "base/ip.h"
#include "base/result.h"

namespace rdnsgate::dns {

/// The labels of a name from the left, without the root: views into the name, which must outlive them. Needs
/// no memory of its own, as names are looked at label by label more often than anything else is done with
/// them.
class Labels {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = std::string_view;
    using difference_type = std::ptrdiff_t;
    using pointer = const std::string_view*;
    using reference = std::string_view;
    Iterator(const Labels& labels, std::size_t index) : labels_(&labels), index_(index) {}
    std::string_view operator*() const { return (*labels_)[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++index_;
      return before;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    const Labels* labels_;
    std::size_t index_;
  };

  explicit Labels(const std::string& wire) : wire_(wire.data()) {
    for (std::size_t at = 0; wire[at] != 0; at += 1u + static_cast<unsigned char>(wire[at]))
      offsets_[size_++] = static_cast<std::uint8_t>(at);
  }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  std::string_view operator[](std::size_t index) const {
    const char* at = wire_ + offsets_[index];
    return {at + 1, static_cast<unsigned char>(*at)};
  }
  std::string_view front() const { return (*this)[0]; }
  std::string_view back() const { return (*this)[size_ - 1]; }
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size_}; }

 private:
  const char* wire_;
  std::size_t size_ = 0;
  std::array<std::uint8_t, 127> offsets_;  // as many labels as fit into 255 octets
};

/// An absolute domain name. Held in wire format with ASCII letters lowered, so that equality and hashing are
/// those of RFC 4343; any octet may stand in a label (RFC 2181 §11). A default-constructed name is the root.
class Name {
 public:
  Name() : wire_(1, '\0') {}

  /// Presentation format (RFC 1035 §5.1: `\.`, `\\`, `\DDD`), with or without the final dot; always read as
  /// absolute. Fails on an empty label, a label over 63 octets, or over 255 octets in all.
  static Result<Name> parse(std::string_view text);

  /// As a zone file writes it: `@` is the origin, and a name without a final dot is under it.
  static Result<Name> relative(std::string_view text, const Name& origin);

  /// As parse, for a name that a person wrote: labels with non-ASCII characters become A-labels by IDNA2008
  /// (RFC 5891), through libidn2.
  static Result<Name> from_host(std::string_view text);

  /// An uncompressed wire name that begins at the front of `octets`; `used` gets its length.
  static Result<Name> from_wire(std::string_view octets, std::size_t* used = nullptr);

  const std::string& wire() const { return wire_; }
  bool is_root() const { return wire_.size() == 1; }
  std::size_t label_count() const;
  Labels labels() const { return Labels(wire_); }
  std::string_view first_label() const { return {wire_.data() + 1, static_cast<unsigned char>(wire_[0])}; }

  /// The name without its leftmost label; the root's parent is the root.
  Name parent() const;
  /// This name under another: `10` under `2.0.192.in-addr.arpa`. Fails when the result is too long.
  Result<Name> under(const Name& origin) const;
  /// True for the name itself and all below it.
  bool is_within(const Name& ancestor) const;

  /// Lower case, special octets escaped, without the final dot; the root is `.`.
  std::string text() const;
  /// With the final dot, as record data is written.
  std::string fqdn() const;
  /// Octets that compare as `<=>` does, for sorting many: comparing label by label would cost more than
  /// reading them. No key is the beginning of another.
  std::string sort_key() const;

  bool operator==(const Name& other) const { return wire_ == other.wire_; }
  /// Canonical DNS order (RFC 4034 §6.1): by labels from the right.
  std::strong_ordering operator<=>(const Name& other) const;

 private:
  friend Name reverse_name(const IpAddress& address);
  explicit Name(std::string wire) : wire_(std::move(wire)) {}
  std::string wire_;
};

/// True where the last dot of a name as written is a separator: the name is absolute.
bool ends_in_dot(std::string_view name);

/// `10.2.0.192.in-addr.arpa` (RFC 1035 §3.5), or the 32 nibbles under ip6.arpa (RFC 3596 §2.5).
Name reverse_name(const IpAddress& address);

/// The address whose reverse name this is; an error for any other name.
Result<IpAddress> address_of_reverse(const Name& name);

/// The addresses whose reverse names are at or below this one: 192.0.2.0/24 of `2.0.192.in-addr.arpa`. An error for
/// any name but of in-addr.arpa, ip6.arpa and whole octets or digits below them.
Result<Prefix> block_of_reverse(const Name& name);

}  // namespace rdnsgate::dns

template <>
struct std::hash<rdnsgate::dns::Name> {
  std::size_t operator()(const rdnsgate::dns::Name& name) const noexcept {
    return std::hash<std::string>{}(name.wire());
  }
};
