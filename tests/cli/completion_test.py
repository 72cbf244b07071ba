#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What `rdnsgate completion` prints completes command lines in a real bash, zsh and fish, with all that --help names.

Usage: completion_test.py RDNSGATE_BINARY [unittest arguments]
"""
import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

BINARY = None


def run(*arguments):
    return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=60, check=True).stdout


class Help:
    """What --help says of a command: its options with the words that each may have, and the commands under it."""

    def __init__(self, path):
        self.path = path
        text = run(*path, "--help")
        options = text.split("Options:")[1].split("\n\n")[0]
        self.options, self.words = [], {}
        for line in re.findall(r"^  (-.*)", options, re.MULTILINE):
            names, _, rest = line.partition(" ")
            self.options += names.split(",")
            words = re.match(r"[^ ]+:\{([^}]*)\}", rest)
            if words:
                self.words[names.split(",")[-1]] = words[1].split(",")
        commands = text.split("Subcommands:")[1].split("\n\n")[0] if "Subcommands:" in text else ""
        self.below = re.findall(r"^  ([a-z]+) ", commands, re.MULTILINE)


def all_help(path=()):
    here = Help(path)
    return [here, *(one for name in here.below for one in all_help((*path, name)))]


class Completion:
    """The same questions for each shell; `offers` answers many at once: the words offered for each command line."""

    shell = None

    @classmethod
    def setUpClass(cls):
        if shutil.which(cls.shell) is None:
            raise unittest.SkipTest(f"no {cls.shell} here: apt-get install {cls.shell}")
        cls.folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        for name in ("inventory.yaml", "old inventory.yaml"):
            (cls.folder / name).write_text("")
        (cls.folder / "zones").mkdir()
        cls.script = cls.folder / "completion"
        cls.script.write_text(run("completion", cls.shell))
        cls.environment = {"PATH": os.environ["PATH"], "HOME": str(cls.folder), "LANG": "C.UTF-8", "TERM": "dumb"}
        cls.help = all_help()

    def offered(self, line):
        return self.offers([line])[0]

    def test_every_command_and_option_is_offered(self):
        lines, wanted = [], []
        for one in self.help:
            lines.append(" ".join(["rdnsgate", *one.path, "--"]))
            wanted.append({name for name in one.options if name.startswith("--")})
            if one.below:
                lines.append(" ".join(["rdnsgate", *one.path, ""]))
                wanted.append(set(one.below))
        self.assertGreater(len(lines), 20)
        for line, names, offered in zip(lines, wanted, self.offers(lines)):
            self.assertLessEqual(names, set(offered), line)

    def test_options_of_the_program_are_offered_after_a_command(self):
        for line in ("rdnsgate lint --c", "rdnsgate rollout status --c"):
            self.assertLessEqual({"--color", "--config", "--config-from"}, set(self.offered(line)), line)

    def test_the_words_of_every_option_are_offered(self):
        lines, wanted = [], []
        for one in self.help:
            for option, words in one.words.items():
                lines.append(" ".join(["rdnsgate", *one.path, option, ""]))
                wanted.append(words)
        self.assertGreater(len(lines), 12)
        for line, words, offered in zip(lines, wanted, self.offers(lines)):
            self.assertEqual(set(offered), set(words), line)

    def test_files_and_folders_are_offered(self):
        files, folders, outputs, written = self.offers(
            ["rdnsgate lint --base ", "rdnsgate plan -o ", "rdnsgate check --output j", "rdnsgate check --output json=inv"])
        plain = {word.replace("\\", "").rstrip("/") for word in files}
        self.assertLessEqual({"inventory.yaml", "old inventory.yaml", "zones"}, plain)
        self.assertEqual({word.rstrip("/") for word in folders}, {"zones"})
        self.assertEqual({word.rstrip("=") for word in outputs}, {"json", "junit"})
        self.assertEqual([word.rpartition("=")[2] for word in written], ["inventory.yaml"])

    def test_arguments_are_offered(self):
        rules, schemas, commands, inventory, shells = self.offers(
            ["rdnsgate explain ptr-mi", "rdnsgate schema inv", "rdnsgate help rol", "rdnsgate check inv", "rdnsgate completion "])
        self.assertEqual(set(rules), {"ptr-missing", "ptr-mismatch"})
        self.assertEqual((schemas, commands, inventory), (["inventory"], ["rollout"], ["inventory.yaml"]))
        self.assertEqual(set(shells), {"bash", "zsh", "fish"})
        self.assertEqual(set(self.offered("rdnsgate help ")), set(self.help[0].below))

    def test_a_value_is_no_command_and_an_equals_sign_no_end(self):
        after_value, joined, after_joined = self.offers(
            ["rdnsgate --config rollout li", "rdnsgate lint --format=js", "rdnsgate --color=always roll"])
        self.assertEqual((after_value, after_joined), (["lint"], ["rollout"]))
        self.assertEqual([word.rpartition("=")[2] for word in joined], ["json"])


class Bash(Completion, unittest.TestCase):
    shell = "bash"

    def offers(self, lines):
        """As readline hands a line over: the cursor at its end, words split at blanks and at = and :."""
        script = [f"source {shlex.quote(str(self.script))}", "complete -p rdnsgate >/dev/null || exit 1"]
        for line in lines:
            words = re.findall(r"[=:]+|[^\s=:]+", line)
            if line.endswith(" "):
                words.append("")
            script.append(f"COMP_WORDS=({' '.join(map(shlex.quote, words))}) COMP_CWORD={len(words) - 1} "
                          f"COMP_LINE={shlex.quote(line)} COMP_POINT={len(line)} COMPREPLY=()")
            script.append(r"_rdnsgate rdnsgate; printf '%s\n' "
                          r'"${#COMPREPLY[@]}"; [ ${#COMPREPLY[@]} = 0 ] || printf "%s\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "--norc", "-c", "\n".join(script)], cwd=self.folder, env=self.environment,
                              capture_output=True, text=True, timeout=60, check=True)
        self.assertEqual(done.stderr, "")
        said, found = done.stdout.splitlines(), []
        while said:
            count = int(said[0])
            found.append(said[1:1 + count])
            del said[:1 + count]
        return found

    def test_it_is_sound_under_set_u_and_as_a_file_of_a_package(self):
        done = subprocess.run(["bash", "--norc", "-euc", f"source {shlex.quote(str(self.script))}"], env=self.environment,
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))


class Fish(Completion, unittest.TestCase):
    shell = "fish"

    def offers(self, lines):
        script = [f"source {shlex.quote(str(self.script))}"]
        script += [f"echo ---; complete -C {shlex.quote(line)}" for line in lines]
        done = subprocess.run(["fish", "--no-config", "-c", "\n".join(script)], cwd=self.folder, env=self.environment,
                              capture_output=True, text=True, timeout=120, check=True)
        self.assertEqual(done.stderr, "")
        parts = done.stdout.split("---\n")[1:]
        return [[word.split("\t")[0] for word in part.splitlines()] for part in parts]


class Zsh(Completion, unittest.TestCase):
    shell = "zsh"

    # Completion is run by zsh's line editor only, so it gets a terminal; what would be shown goes to a file.
    SETUP = """
PROMPT= RPS1= ; unsetopt beep auto_list auto_menu; unset zle_bracketed_paste
autoload -U compinit; compinit -u -D
source COMPLETION
bindkey '^I' complete-word
zstyle ':completion:*' insert-tab false
zstyle ':completion:*' verbose true
# Both lists are emptied whenever they were used.
mark() { print -r -- "---" >>OFFERED; compprefuncs=(mark) comppostfuncs=(mark) }
compprefuncs=(mark) comppostfuncs=(mark)
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits; builtin compadd -A hits "$@"
  (( $#hits )) && print -rl -- $hits >>OFFERED
  builtin compadd "$@"
}
print -r -- ready >>OFFERED
"""

    def offers(self, lines):
        offered, setup = self.folder / "offered", self.folder / "setup"
        offered.write_text("")
        setup.write_text(self.SETUP.replace("COMPLETION", shlex.quote(str(self.script))).replace("OFFERED", shlex.quote(str(offered))))
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.folder)
            os.execvpe("zsh", ["zsh", "-f", "-i"], self.environment)
        try:
            os.write(terminal, f"source {shlex.quote(str(setup))}\n".encode())
            self.wait(terminal, lambda: offered.read_text() == "ready\n")
            found = []
            for line in lines:
                offered.write_text("")
                os.write(terminal, b"\x15" + line.encode() + b"\t")
                self.wait(terminal, lambda: offered.read_text().count("---\n") >= 2)
                found.append(list(dict.fromkeys(offered.read_text().split("---\n")[1].splitlines())))
            return found
        finally:
            os.close(terminal)
            os.waitpid(child, 0)

    def wait(self, terminal, ready):
        """Until it is so; what the terminal shows meanwhile is read, or zsh would stop writing."""
        until, shown = time.monotonic() + 60, b""
        while not ready():
            if select.select([terminal], [], [], 0.02)[0]:
                shown += os.read(terminal, 65536)
            self.assertLess(time.monotonic(), until, shown.decode(errors="replace"))


class Refusals(unittest.TestCase):
    def test_another_shell_is_refused_by_name(self):
        for arguments in (["completion"], ["completion", "tcsh"]):
            done = subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=60, check=False)
            self.assertEqual((done.returncode, done.stdout), (2, ""))


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
