// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdlib>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <valijson/internal/adapter.hpp>
#include <valijson/internal/basic_adapter.hpp>
#include <valijson/internal/frozen_value.hpp>

#include "yaml/document.h"

// Valijson's view of a Document, in the shape of the adapters that come with it. No node is copied: an
// adapter is a Value, and so knows its place in the file.
namespace rdnsgate::yaml {

class DocumentAdapter;
using DocumentMember = std::pair<std::string, DocumentAdapter>;

/// Over the items of a list.
class ItemIterator {
 public:
  using iterator_category = std::bidirectional_iterator_tag;
  using value_type = DocumentAdapter;
  using difference_type = std::ptrdiff_t;
  using pointer = DocumentAdapter*;
  using reference = DocumentAdapter&;

  /// `at` is an item of `list`, or nullopt for its end.
  explicit ItemIterator(std::optional<Value> list, std::optional<Value> at) : list_(list), at_(at) {}
  inline DocumentAdapter operator*() const;
  inline valijson::adapters::DerefProxy<DocumentAdapter> operator->() const;
  bool operator==(const ItemIterator& other) const { return same(at_, other.at_); }
  ItemIterator& operator++() {
    at_ = at_->next();
    return *this;
  }
  ItemIterator operator++(int) {
    ItemIterator before = *this;
    ++*this;
    return before;
  }
  /// Items know only the next one, so this walks from the front. Valijson needs it for uniqueItems alone.
  ItemIterator& operator--() {
    auto before = list_->first();
    for (auto after = before->next(); !same(after, at_); after = before->next()) before = after;
    at_ = before;
    return *this;
  }
  void advance(std::ptrdiff_t count) {
    for (; count > 0; --count) ++*this;
  }
  static bool same(const std::optional<Value>& a, const std::optional<Value>& b) {
    return a.has_value() == b.has_value() && (!a || a->id() == b->id());
  }

 private:
  std::optional<Value> list_, at_;
};

/// Over the members of a map.
class MemberIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = DocumentMember;
  using difference_type = std::ptrdiff_t;
  using pointer = DocumentMember*;
  using reference = DocumentMember&;

  explicit MemberIterator(std::optional<Value> key = {}) : key_(key) {}
  inline DocumentMember operator*() const;
  inline valijson::adapters::DerefProxy<DocumentMember> operator->() const;
  bool operator==(const MemberIterator& other) const { return ItemIterator::same(key_, other.key_); }
  MemberIterator& operator++() {
    key_ = key_->next()->next();
    return *this;
  }

 private:
  std::optional<Value> key_;
};

class DocumentArray {
 public:
  using const_iterator = ItemIterator;
  using iterator = ItemIterator;

  explicit DocumentArray(std::optional<Value> list = {}) : list_(list) {}
  ItemIterator begin() const { return ItemIterator(list_, list_ ? list_->first() : std::nullopt); }
  ItemIterator end() const { return ItemIterator(list_, std::nullopt); }
  std::size_t size() const { return list_ ? list_->size() : 0; }

 private:
  std::optional<Value> list_;
};

class DocumentObject {
 public:
  using const_iterator = MemberIterator;
  using iterator = MemberIterator;

  explicit DocumentObject(std::optional<Value> map = {}) : map_(map) {}
  MemberIterator begin() const { return MemberIterator(map_ ? map_->first() : std::nullopt); }
  MemberIterator end() const { return MemberIterator(); }
  MemberIterator find(const std::string& name) const {
    if (!map_) return end();
    for (auto key = map_->first(); key; key = key->next()->next()) {
      if (key->text() == name) return MemberIterator(key);
    }
    return end();
  }
  std::size_t size() const { return map_ ? map_->size() : 0; }

 private:
  std::optional<Value> map_;
};

/// A value that a schema keeps, of an enum say. Its document must outlive it.
class FrozenDocumentValue : public valijson::adapters::FrozenValue {
 public:
  explicit FrozenDocumentValue(const Value& value) : value_(value) {}
  FrozenValue* clone() const override { return new FrozenDocumentValue(value_); }
  inline bool equalTo(const valijson::adapters::Adapter& other, bool strict) const override;
  const Value& value() const { return value_; }

 private:
  Value value_;
};

/// The part of an adapter that BasicAdapter builds upon.
class DocumentValue {
 public:
  explicit DocumentValue(const Value& value) : value_(value) {}

  valijson::adapters::FrozenValue* freeze() const { return new FrozenDocumentValue(value_); }
  opt::optional<DocumentArray> getArrayOptional() const {
    if (!isArray()) return {};
    return opt::make_optional(DocumentArray(value_));
  }
  bool getArraySize(std::size_t& result) const { return isArray() && (result = value_.size(), true); }
  bool getBool(bool& result) const {
    return isBool() && (result = value_.text()[0] == 't' || value_.text()[0] == 'T', true);
  }
  bool getDouble(double& result) const {
    return isDouble() && (result = std::strtod(std::string(value_.text()).c_str(), nullptr), true);
  }
  bool getInteger(std::int64_t& result) const {
    const auto integer = value_.integer();
    return integer && (result = *integer, true);
  }
  opt::optional<DocumentObject> getObjectOptional() const {
    if (!isObject()) return {};
    return opt::make_optional(DocumentObject(value_));
  }
  bool getObjectSize(std::size_t& result) const { return isObject() && (result = value_.size(), true); }
  bool getString(std::string& result) const { return isString() && (result = value_.text(), true); }
  static bool hasStrictTypes() { return true; }

  bool isArray() const { return value_.is_list(); }
  bool isBool() const { return value_.kind() == Kind::boolean; }
  /// An integer that does not fit 64 bits counts as a fraction: it has to compare as larger than any limit.
  bool isDouble() const {
    return value_.kind() == Kind::real || (value_.kind() == Kind::integer && !value_.integer());
  }
  bool isInteger() const { return value_.integer().has_value(); }
  bool isNull() const { return value_.kind() == Kind::null; }
  bool isNumber() const { return value_.kind() == Kind::real || value_.kind() == Kind::integer; }
  bool isObject() const { return value_.is_map(); }
  bool isString() const { return value_.is_text(); }

 private:
  Value value_;
};

class DocumentAdapter
    : public valijson::adapters::BasicAdapter<DocumentAdapter, DocumentArray, DocumentMember, DocumentObject,
                                              DocumentValue> {
 public:
  explicit DocumentAdapter(const Value& value) : BasicAdapter(DocumentValue(value)) {}
};

DocumentAdapter ItemIterator::operator*() const { return DocumentAdapter(*at_); }
valijson::adapters::DerefProxy<DocumentAdapter> ItemIterator::operator->() const {
  return valijson::adapters::DerefProxy<DocumentAdapter>(**this);
}
DocumentMember MemberIterator::operator*() const {
  return {std::string(key_->text()), DocumentAdapter(*key_->next())};
}
valijson::adapters::DerefProxy<DocumentMember> MemberIterator::operator->() const {
  return valijson::adapters::DerefProxy<DocumentMember>(**this);
}
bool FrozenDocumentValue::equalTo(const valijson::adapters::Adapter& other, bool strict) const {
  return DocumentAdapter(value_).equalTo(other, strict);
}

}  // namespace rdnsgate::yaml

template <>
struct valijson::adapters::AdapterTraits<rdnsgate::yaml::DocumentAdapter> {
  using DocumentType = rdnsgate::yaml::Value;
  static std::string adapterName() { return "DocumentAdapter"; }
};
