# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""For lint_bench.py: reads YAML files with PyYAML (over libyaml) and holds them against a JSON Schema with jsonschema.

Usage: lint_jsonschema.py SCHEMA FILE...
"""
import json
import sys

import jsonschema
import yaml

with open(sys.argv[1]) as schema:
    validator = jsonschema.Draft7Validator(json.load(schema))
for path in sys.argv[2:]:
    with open(path) as file:
        validator.validate(yaml.load(file, Loader=yaml.CSafeLoader))
