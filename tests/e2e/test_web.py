"""The web interface: its own units and laws, and in Debian's Chromium against the real server what people rely on. The whole gallery of pages
in both languages and themes is `node web/test/journeys.mjs` and `node web/test/pages.mjs`."""
import os
import shutil
import subprocess
import unittest

from support import MARU, ROOT

WEB = ROOT / "web"


@unittest.skipUnless(shutil.which("node") and shutil.which("chromium") and (WEB / "node_modules").is_dir(), "needs node, chromium and npm install in web/")
class Web(unittest.TestCase):
    def run_in_web(self, *command):
        done = subprocess.run(command, cwd=WEB, env={**os.environ, "MARU_BINARY": MARU}, capture_output=True, timeout=600)
        self.assertEqual(0, done.returncode, done.stdout.decode() + done.stderr.decode())

    def test_units(self):
        self.run_in_web("npm", "exec", "--offline", "--", "vitest", "run")

    def test_types_and_laws(self):
        self.run_in_web("npm", "run", "--silent", "check")

    def test_journeys(self):
        self.run_in_web("node", "test/journeys.mjs", "--quick")

    def test_lists_and_forms(self):
        self.run_in_web("npm", "exec", "--offline", "--", "vite", "build", "--logLevel", "error")
        self.run_in_web("node", "test/lists.mjs")
        self.run_in_web("node", "test/forms.mjs")


if __name__ == "__main__":
    unittest.main()
