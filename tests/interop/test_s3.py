"""Backups to a bucket: s3rver keeps them, aws4 checks every signature (npm); what cannot be done says what to do."""
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading
import unittest

import support

MARU = os.environ["MARU_BINARY"]
SECRET = "S3RVER"  # s3rver's only key and secret


class Store:
    """The server with one bucket, on a free port."""

    def __init__(self, folder, bucket):
        packages = support.node_packages()
        self.process = subprocess.Popen(["node", support.HERE / "s3-server.js", folder, bucket], cwd=packages, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError("the S3 server did not start")
        self.port = int(line)

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class Cutting:
    """Takes a connection, reads a little and hangs up."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        try:
            while True:
                connection, _ = self.socket.accept()
                if b"PUT " not in connection.recv(2000):
                    connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                connection.close()
        except OSError:
            pass


class Bucket(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._made = tempfile.TemporaryDirectory(prefix="maru-interop-")
        cls.made = pathlib.Path(cls._made.name) / "organisation"
        os.environ["MARU_ANCHORS"] = cls._made.name + "/anchors"
        assert support.run(MARU, "init", cls.made, "--name", "株式会社見本").returncode == 0
        cls.store = Store(cls._made.name + "/s3", "himitsu-backups")
        cls.endpoint = f"http://127.0.0.1:{cls.store.port}"

    @classmethod
    def tearDownClass(cls):
        cls.store.stop()
        cls._made.cleanup()

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="maru-interop-")
        self.folder = pathlib.Path(self._folder.name)
        self.org = self.folder / "organisation"
        shutil.copytree(self.made, self.org)
        os.environ["MARU_ANCHORS"] = str(self.folder / "anchors")
        self.key = self.folder / "backup.key"
        self.run_maru("backup", "key", "--out", self.key, check=0)
        self.place = f"s3://himitsu-backups/見本 の/{self._testMethodName}+日次"

    def tearDown(self):
        self._folder.cleanup()

    def run_maru(self, *words, check=None, key="S3RVER", secret=SECRET, region="ap-northeast-1"):
        environment = dict(os.environ, AWS_ACCESS_KEY_ID=key, AWS_SECRET_ACCESS_KEY=secret, AWS_REGION=region)
        done = support.run(MARU, "--lang", "en", "--org", self.org, *words, env=environment)
        if check is not None:
            self.assertEqual(check, done.returncode, f"{words}\n{done.stdout}\n{done.stderr}")
        return done

    def backup(self, *words, to=None, endpoint=None, **more):
        return self.run_maru("backup", "run", "--to", to or self.place, "--key", self.key, "--s3-endpoint", endpoint or self.endpoint, *words, **more)

    def listed(self, to=None, endpoint=None):
        text = self.run_maru("backup", "list", "--to", to or self.place, "--s3-endpoint", endpoint or self.endpoint, check=0).stdout
        return [line.strip().split(maxsplit=1)[1] for line in text.splitlines() if "s3://" in line and "maru-backup" in line]

    def test_a_backup_in_a_bucket_comes_back_and_old_ones_go(self):
        first = self.backup(check=0).stdout
        self.assertIn(f"Backup: {self.place}/", first)
        second = self.backup(check=0).stdout
        name = second.split("Backup: ")[1].splitlines()[0]
        self.assertEqual(2, len(self.listed()))
        third = self.backup("--keep", "2", check=0).stdout
        self.assertIn("removed an old one", third)
        self.assertEqual(2, len(self.listed()))
        self.assertIn(name, self.listed())
        copy = self.folder / "copy"
        text = self.run_maru("restore", name, "--key", self.key, "--to", copy, "--s3-endpoint", self.endpoint, check=0).stdout
        self.assertIn("holds", text)
        self.assertTrue((copy / "maru.db").is_file())
        drill = self.run_maru("restore", name, "--drill", "--key", self.key, "--s3-endpoint", self.endpoint)
        self.assertIn("It can be restored", drill.stdout, drill.stderr)
        self.assertEqual([], [path for path in (self.org / "aside").rglob("*") if path.name != "lock"])

    def test_buckets_as_part_of_the_host(self):
        endpoint = f"http://{{bucket}}.s3.localhost:{self.store.port}"
        self.backup(to="s3://himitsu-backups", endpoint=endpoint, check=0)
        self.assertEqual(self.listed("s3://himitsu-backups", endpoint), self.listed("s3://himitsu-backups"))

    def test_keys_come_from_a_private_file(self):
        file = self.folder / "credentials"
        file.write_text("[other]\naws_access_key_id = X\n[default]\naws_access_key_id = S3RVER\naws_secret_access_key = S3RVER\n")
        file.chmod(0o644)
        done = self.backup("--s3-credentials", file, key="", secret="", check=2)
        self.assertIn(f"chmod 600 {file}", done.stderr)
        file.chmod(0o600)
        self.backup("--s3-credentials", file, key="", secret="", check=0)
        done = self.backup(key="", secret="", check=2)
        self.assertIn("AWS_ACCESS_KEY_ID", done.stderr)

    def test_what_goes_wrong_says_what_to_do_and_tells_no_secret(self):
        cutting = Cutting()
        with socket.create_server(("127.0.0.1", 0)) as taken:
            nobody = taken.getsockname()[1]
        cases = [
            (dict(secret="himitsu-no-kagi"), "check key and secret"),
            (dict(key="DARE"), "check key and secret"),
            (dict(region="eu-west-1"), "say --s3-region ap-northeast-1"),
            (dict(to="s3://nai-bucket"), "no bucket nai-bucket"),
            (dict(to="s3://Ōkii"), "is no bucket; write s3://BUCKET"),
            (dict(endpoint=f"http://127.0.0.1:{cutting.port}"), "check the address and the network"),
            (dict(endpoint=f"http://127.0.0.1:{nobody}"), "check the address and the network"),
            (dict(endpoint="ftp://127.0.0.1"), "starts with http"),
        ]
        for options, expected in cases:
            with self.subTest(expected):
                done = self.backup(check=2, **options)
                self.assertIn(expected, done.stderr)
                self.assertNotIn("himitsu-no-kagi", done.stdout + done.stderr)
                self.assertEqual([], [path for path in (self.org / "aside").rglob("*") if path.name != "lock"])
        cutting.socket.close()
        self.assertEqual([], self.listed())
        missing = "s3://himitsu-backups/" + "nai.maru-backup"
        done = self.run_maru("restore", missing, "--key", self.key, "--to", self.folder / "copy", "--s3-endpoint", self.endpoint, check=2)
        self.assertIn(f"there is no {missing}", done.stderr)
        self.assertFalse((self.folder / "copy").exists())


if __name__ == "__main__":
    unittest.main()
