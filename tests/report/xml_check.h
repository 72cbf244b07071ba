// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace rdnsgate::report::test {

/// XML documents in a folder of their own, for xmllint (libxml2-utils) to judge.
class XmlFolder {
 public:
  XmlFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "rdnsgate-xml-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) folder_ = name;
  }
  ~XmlFolder() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }
  XmlFolder(const XmlFolder&) = delete;
  XmlFolder& operator=(const XmlFolder&) = delete;

  void add(std::string_view xml) {
    std::ofstream(folder_ + "/" + std::to_string(count_++) + ".xml", std::ios::binary) << xml;
  }

  /// Empty where every document is well-formed and valid under the schema file.
  std::string complaints(const std::string& schema) const {
    return lint("--huge --noout --schema '" + schema + "'", " 2>&1 | grep -v ' validates$'");
  }

  /// What an XPath expression yields in the documents, as text.
  std::string evaluate(const std::string& xpath) const { return lint("--huge --xpath '" + xpath + "'", ""); }

 private:
  std::string lint(const std::string& options, const std::string& filter) const {
    const std::string command = "xmllint " + options + " '" + folder_ + "'/*.xml" + filter;
    std::string said;
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return "xmllint cannot be started";
    std::array<char, 4096> buffer{};
    for (std::size_t got = 0; (got = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
      said.append(buffer.data(), got);
    const int status = pclose(pipe);
    // xmllint's own status is hidden by the filter, whose status is 1 where nothing is left.
    return filter.empty() && status != 0 ? "xmllint failed" : said;
  }

  std::string folder_;
  std::size_t count_ = 0;
};

}  // namespace rdnsgate::report::test
