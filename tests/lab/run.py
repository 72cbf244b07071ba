# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Runs the lab's tests inside a network namespace: `run.py RDNSGATE [PATTERN]`.

Exits 77 ("skipped") where ci/packages.sh lab was not run. The servers' folders, with their logs, are kept
after a failure.
"""
import os
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

from rdnslab import namespace, zones
from rdnslab.process import LAB


def main():
    namespace.enter()
    os.environ["RDNSGATE"] = str(Path(sys.argv[1]).resolve())
    # Short, because the path of a control socket may have 107 octets at most.
    os.environ["RDNSGATE_LAB_SCRATCH"] = folder = tempfile.mkdtemp(prefix="rdnsgate-lab-")
    namespace.use_resolver(zones.RESOLVERS[0], Path(folder))  # nsupdate finds the primary through it
    loader = unittest.TestLoader()
    if len(sys.argv) > 2:
        loader.testNamePatterns = [f"*{sys.argv[2]}*"]
    suite = loader.discover(str(Path(__file__).parent), pattern="*_test.py")
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    if result.wasSuccessful():
        shutil.rmtree(folder)
        return 0
    print(f"lab: logs are kept in {folder}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    if not (LAB / "stamp").exists():
        print("lab: no servers; run ci/packages.sh lab")
        sys.exit(77)
    sys.exit(main())
