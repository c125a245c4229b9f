"""Receipts that we write verify with @sigstore/verify from npm, and with nothing changed."""
import base64
import pathlib
import tempfile
import unittest

import support
from support import LOG_FILES, SKEY, VKEY, WITNESS_SKEY, run

OTHER_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"


def entries_of(bundle):
    data, entries = bundle.read_bytes(), []
    while data:
        end = 2 + int.from_bytes(data[:2], "big")
        entries.append(data[2:end])
        data = data[end:]
    return entries


class Receipt(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._folder = tempfile.TemporaryDirectory(prefix="maru-interop-")
        cls.folder = pathlib.Path(cls._folder.name)
        cls.log = cls.folder / "log"
        assert run(LOG_FILES, "write", cls.log, 70_000, SKEY).returncode == 0
        cls.packages = support.node_packages()

    @classmethod
    def tearDownClass(cls):
        cls._folder.cleanup()

    def receipt(self, index):
        done = run(LOG_FILES, "receipt", self.log, index, VKEY)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def entry(self, index):
        width = min(256, 70_000 - index // 256 * 256)
        bundle = self.log / f"tile/entries/{index // 256:03}{'' if width == 256 else f'.p/{width}'}"
        return entries_of(bundle)[index % 256]

    def check(self, receipt, entry, vkey=VKEY):
        (self.folder / "receipt").write_text(receipt)
        (self.folder / "entry").write_bytes(entry)
        return run("node", support.HERE / "check-receipt.js", self.folder / "receipt", self.folder / "entry", vkey, cwd=self.packages)

    def test_receipts_across_the_log_verify(self):
        for index in (0, 1, 255, 256, 300, 65_535, 65_536, 69_888, 69_999):
            with self.subTest(index=index):
                done = self.check(self.receipt(index), self.entry(index))
                self.assertEqual((done.returncode, done.stdout), (0, "OK\n"), done.stderr)

    def test_a_receipt_with_a_cosigned_checkpoint_verifies(self):
        folder = self.folder / "cosigned"
        self.assertEqual(run(LOG_FILES, "write", folder, 1, SKEY).returncode, 0)
        self.assertEqual(run(LOG_FILES, "cosign", folder, WITNESS_SKEY, 1679315147).returncode, 0)
        receipt = run(LOG_FILES, "receipt", folder, 0, VKEY).stdout
        self.assertIn("\n\u2014 witness ", receipt)
        done = self.check(receipt, entries_of(folder / "tile/entries/000.p/1")[0])
        self.assertEqual((done.returncode, done.stdout), (0, "OK\n"), done.stderr)

    def test_another_entry_index_size_hash_or_key_does_not_verify(self):
        receipt, entry = self.receipt(300), self.entry(300)
        self.assertEqual(self.check(receipt, entry).returncode, 0)
        lines = receipt.split("\n")
        wrong_hash = "\n".join([*lines[:2], base64.b64encode(bytes(32)).decode(), *lines[3:]])
        for name, changed in {
            "entry": (receipt, entry + b" ", VKEY),
            "neighbour": (receipt, self.entry(301), VKEY),
            "index": (receipt.replace("index 300\n", "index 301\n"), entry, VKEY),
            "size": (receipt.replace("\n70000\n", "\n70001\n"), entry, VKEY),
            "hash": (wrong_hash, entry, VKEY),
            "key": (receipt, entry, OTHER_VKEY),
        }.items():
            with self.subTest(name):
                done = self.check(*changed)
                self.assertEqual(done.returncode, 1, done.stdout)
                self.assertIn("FAIL", done.stderr)


if __name__ == "__main__":
    unittest.main()
