// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "history/history.h"

namespace rdnsgate::history {

/// NULL, a number, or text (UTF-8 without NUL octets).
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;
using Values = std::vector<Value>;

inline Value value_of(Time time) { return std::int64_t{time.time_since_epoch().count()}; }
inline Value value_of(std::size_t number) { return static_cast<std::int64_t>(number); }
inline Value value_of(std::uint32_t number) { return std::int64_t{number}; }
/// Nothing else is taken for a truth value: a pointer would be, before it is taken for text.
template <std::same_as<bool> Bool>
Value value_of(Bool is) {
  return std::int64_t{is ? 1 : 0};
}
inline Value value_of(std::string_view text) { return std::string(text); }
template <typename T>
Value value_of(const std::optional<T>& some) {
  return some ? value_of(*some) : Value();
}

/// A row of a result, read column by column.
class Row {
 public:
  explicit Row(Values values) : values_(std::move(values)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(values_.at(at_)); }
  void skip() { ++at_; }
  std::int64_t integer();
  std::size_t count();
  double real();
  std::string text();
  Time time();
  bool flag() { return integer() != 0; }
  std::optional<std::uint32_t> maybe_u32();

 private:
  Values values_;
  std::size_t at_ = 0;
};

/// What stops work on a database, thrown: a statement in the middle of a transaction has nothing to say to whoever called
/// it but this. Never leaves src/history.
struct Stop {
  Failure failure;
};

[[noreturn]] void stop(Failure::Kind kind, std::string message, std::string hint = {});

/// A connection. SQL is what SQLite and PostgreSQL have in common, with $1, $2, ... for what is filled in; what they do not
/// have in common stands here. Everything throws Stop.
class Database {
 public:
  virtual ~Database() = default;

  virtual std::vector<Row> query(const std::string& sql, const Values& values = {}) = 0;
  /// The same of one that changes rows: how many.
  virtual std::size_t change(const std::string& sql, const Values& values = {}) = 0;
  /// A statement inside a transaction whose result is nobody's. It may go with the next one, or with commit(), which then
  /// fails in its place.
  virtual void later(const std::string& sql, const Values& values = {}) { query(sql, values); }
  /// Several statements in a row, without values.
  virtual void script(const std::string& sql) = 0;

  /// Of one writer at a time: others wait.
  virtual void begin_writing() = 0;
  /// Everything that is read until then is of one moment.
  virtual void begin_reading() = 0;
  virtual void commit() = 0;
  virtual void roll_back() noexcept = 0;

  /// The type of a column that numbers rows by itself.
  virtual std::string_view numbering() const = 0;
  /// Whether there is a table of this name.
  virtual bool has_table(const std::string& name) = 0;
  /// Makes a place for the tables, where they need one: the first thing of all that makes them.
  virtual void prepare() {}
  /// Marks the database as this program's, beside what its tables say: the last.
  virtual void mark() {}
};

/// Rows for one table, written by few statements: to a server each is a journey.
class ManyRows {
 public:
  /// `INSERT INTO t (a, b)` of so many columns, and what follows the rows: what to do where one is there already, and
  /// what to return.
  ManyRows(Database& database, std::string head, std::size_t columns, std::string tail = {})
      : database_(database), head_(std::move(head)), tail_(std::move(tail)), columns_(columns) {}

  /// One row of as many values.
  void add(Values row);
  /// In the order in which they were added. What the statements return, in no order.
  std::vector<Row> write();
  /// The same of what returns nothing.
  void write_later();

 private:
  struct Part {
    std::string sql;
    Values values;
  };
  std::vector<Part> parts();

  Database& database_;
  std::string head_, tail_;
  std::size_t columns_;
  Values values_;
};

/// `$3, $4, $5`: three that begin with the third.
std::string placeholders(std::size_t first, std::size_t count);

/// Ends as commit() or, where that is not reached, with nothing done.
class Transaction {
 public:
  enum class For : std::uint8_t { reading, writing };

  Transaction(Database& database, For what) : database_(database) {
    what == For::writing ? database.begin_writing() : database.begin_reading();
  }
  ~Transaction() {
    if (!is_done_) database_.roll_back();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit() {
    database_.commit();
    is_done_ = true;
  }

 private:
  Database& database_;
  bool is_done_ = false;
};

}  // namespace rdnsgate::history
