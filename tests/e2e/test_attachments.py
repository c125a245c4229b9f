"""Attachments are looked at by a real ClamAV daemon before they are kept."""
import hashlib
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from serving import Server
from support import maru

# The harmless file that every scanner reports, in two parts so that none reports this one.
# https://www.eicar.org/download-anti-malware-testfile/
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class ClamAV:
    def __init__(self, work):
        self.socket = work / "clamd.ctl"
        (work / "database").mkdir()
        (work / "database/test.hdb").write_text(f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Eicar-Test\n")
        (work / "clamd.conf").write_text(f"""
DatabaseDirectory {work}/database
LocalSocket {self.socket}
Foreground yes
StreamMaxLength 1M
LogFile {work}/clamd.log
""")
        self.process = subprocess.Popen([shutil.which("clamd", path="/usr/sbin:/usr/bin"), "-c", work / "clamd.conf"], stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True)
        for line in self.process.stdout:
            if "listen" in line.lower() or "Self checking" in line:
                return
        raise AssertionError("clamd did not start: " + (work / "clamd.log").read_text())

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.process.stdout.close()


class Attachments(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="maru-attachments-")
        self.addCleanup(folder.cleanup)
        self.work = pathlib.Path(folder.name)
        maru("init", self.work / "office", "--name", "検査株式会社")
        (self.work / "maru.toml").write_text(f'[attachments]\nclamd = "{self.work}/clamd.ctl"\n')
        self.server = Server(self.work / "office", words=["--config", str(self.work / "maru.toml")])
        self.addCleanup(self.server.stop)
        self.client = self.server.client()
        person = {"name": "山田 花子", "code": "1", "mail": "yamada@example.jp", "password": "correct horse battery 52"}
        status, _, answer = self.client.post("/links/redeem", {"link": self.server.links["office"], **person})
        self.assertEqual(status, 200, answer)

    def upload(self, content):
        return self.client.request("POST", "/attachments", content, {"Content-Type": "application/octet-stream"})

    def kept(self, content):
        name = hashlib.sha256(content).hexdigest()
        return any(name.endswith(file.name) or file.name == name for file in (self.work / "office/blobs").rglob("*") if file.is_file())

    def test_what_the_scanner_finds_is_refused_by_name_and_not_kept(self):
        daemon = ClamAV(self.work)
        self.addCleanup(daemon.stop)
        status, _, answer = self.upload("誓約書".encode())
        self.assertEqual((status, answer.get("size")), (201, 9))
        status, _, answer = self.upload(EICAR)
        self.assertEqual(status, 422)
        self.assertIn("Eicar-Test", answer["detail"])
        self.assertFalse(self.kept(EICAR))
        status, _, answer = self.upload(b"\0" * (3 << 20))
        self.assertEqual(status, 422)
        self.assertIn("StreamMaxLength", answer["detail"])

    def test_nothing_is_kept_while_the_scanner_is_away(self):
        status, _, answer = self.upload(EICAR)
        self.assertEqual(status, 503)
        self.assertIn("clamd.ctl", answer["detail"])
        self.assertFalse(self.kept(EICAR))


if __name__ == "__main__":
    unittest.main()
