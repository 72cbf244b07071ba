// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// What lint stands on, and nothing else: yaml-cpp's event parser over files, its events counted.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <cstdio>
#include <fstream>

namespace {

struct Counter : YAML::EventHandler {
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override { ++events; }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { ++events; }
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {
    ++events;
  }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    ++events;
  }
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    ++events;
  }
  void OnMapEnd() override {}
  unsigned long events = 0;
};

}  // namespace

int main(int argc, char** argv) {
  Counter counter;
  for (int i = 1; i < argc; ++i) {
    std::ifstream in(argv[i]);
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(counter)) {
    }
  }
  std::printf("%lu\n", counter.events);
}
