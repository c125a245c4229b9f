"""Receipts that we write, of logs and of records, verify with @sigstore/verify from npm, and with nothing changed."""
import base64
import json
import os
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


class OfOrganisation(unittest.TestCase):
    """What `maru ledger receipt` hands out: the receipt, and the entry in the record beside it."""

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="maru-interop-")
        self.folder = pathlib.Path(self._folder.name)
        self.maru("init", self.folder / "organisation", "--sample")
        self.vkey = self.maru("ledger", "key").strip()
        self.packages = support.node_packages()

    def tearDown(self):
        self._folder.cleanup()

    def maru(self, *words):
        environment = dict(os.environ, MARU_ANCHORS=str(self.folder / "anchors"), MARU_ORG=str(self.folder / "organisation"), LC_ALL="C.UTF-8")
        done = run(os.environ["MARU_BINARY"], "--lang", "en", *words, env=environment)
        self.assertEqual(done.returncode, 0, (words, done.stdout, done.stderr))
        return done.stdout

    def check(self, proof, entry, vkey):
        (self.folder / "entry").write_bytes(entry)
        return run("node", support.HERE / "check-receipt.js", proof, self.folder / "entry", vkey, cwd=self.packages)

    def test_receipts_of_records_verify_and_nothing_else_does(self):
        for register in ("device", "person", "meeting"):
            code = json.loads(self.maru("list", register, "--format", "json"))[-1]["code"]
            proof = self.folder / f"{register}.tlog-proof"
            self.maru("ledger", "receipt", register, code, "-o", proof)
            entry = json.loads(proof.with_suffix(".json").read_text())["envelope"].encode()
            with self.subTest(register):
                done = self.check(proof, entry, self.vkey)
                self.assertEqual((done.returncode, done.stdout), (0, "OK\n"), done.stderr)
                self.assertEqual(self.check(proof, entry.replace(b'"version":1', b'"version":2'), self.vkey).returncode, 1)
                self.assertEqual(self.check(proof, entry, OTHER_VKEY).returncode, 1)


if __name__ == "__main__":
    unittest.main()
