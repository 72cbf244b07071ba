// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// For lint_bench.py: reads YAML files with js-yaml and holds them against a JSON Schema with ajv.
// Usage: node lint_ajv.js SCHEMA FILE...
const fs = require("fs");
const yaml = require("js-yaml");
const Ajv = require("ajv");

const [schema, ...files] = process.argv.slice(2);
const validate = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(fs.readFileSync(schema)));
for (const file of files) {
  if (!validate(yaml.load(fs.readFileSync(file, "utf8")))) {
    console.error(file, validate.errors);
    process.exit(1);
  }
}
