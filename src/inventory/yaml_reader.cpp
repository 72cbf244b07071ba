// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/yaml_reader.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <istream>
#include <streambuf>

#include "inventory/document_builder.h"
#include "inventory/precheck.h"
#include "inventory/yaml_errors.h"

namespace rdnsgate::inventory {
namespace {

/// An istream's buffer over memory that somebody else owns: yaml-cpp reads from nothing else.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // a get area is never written to
    setg(begin, begin, begin + text.size());
  }
};

/// Hands yaml-cpp's events on. Its marks are octet offsets into the stream, which begins after any BOM.
class Events : public YAML::EventHandler {
 public:
  explicit Events(DocumentBuilder& builder) : builder_(builder) {}

  void OnDocumentStart(const YAML::Mark& mark) override { builder_.start_document(offset(mark)); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { builder_.null(offset(mark), anchor); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override { builder_.alias(offset(mark), anchor); }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, const std::string& text) override {
    builder_.scalar(offset(mark), anchor, text);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    builder_.start(Kind::list, offset(mark), anchor);
  }
  void OnSequenceEnd() override { builder_.end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    builder_.start(Kind::map, offset(mark), anchor);
  }
  void OnMapEnd() override { builder_.end(); }

 private:
  static std::size_t offset(const YAML::Mark& mark) { return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos); }

  DocumentBuilder& builder_;
};

}  // namespace

std::optional<Document> read_yaml(const Limits& limits, Problems& problems) {
  if (!precheck(problems)) return std::nullopt;
  const std::string_view source = problems.sources().text(problems.file());
  DocumentBuilder builder(limits, problems);
  Events events(builder);
  ViewBuffer buffer(source);
  std::istream stream(&buffer);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(events)) {
    }
  } catch (const DocumentBuilder::Stop&) {
    return std::nullopt;  // the builder has said why
  } catch (const YAML::Exception& error) {
    explain_yaml_error(problems, error.msg, error.mark.pos < 0 ? 0 : static_cast<std::size_t>(error.mark.pos));
    return std::nullopt;
  }
  return builder.finish();
}

}  // namespace rdnsgate::inventory
