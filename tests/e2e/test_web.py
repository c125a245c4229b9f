"""The web interface in Debian's Chromium against the real server: what people rely on (web/test/journeys.mjs). The whole gallery of pages in both
languages and themes is `node web/test/journeys.mjs` and `node web/test/pages.mjs`."""
import os
import shutil
import subprocess
import unittest

from support import MARU, ROOT

WEB = ROOT / "web"


@unittest.skipUnless(shutil.which("node") and shutil.which("chromium") and (WEB / "node_modules").is_dir(), "needs node, chromium and npm install in web/")
class Web(unittest.TestCase):
    def test_journeys(self):
        done = subprocess.run(["node", "test/journeys.mjs", "--quick"], cwd=WEB, env={**os.environ, "MARU_BINARY": MARU}, capture_output=True, timeout=600)
        self.assertEqual(0, done.returncode, done.stdout.decode() + done.stderr.decode())
