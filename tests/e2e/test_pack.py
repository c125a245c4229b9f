"""Receipts and audit packs: made, verified by maru and by programs that are not maru, forged and refused."""
import collections
import contextlib
import hashlib
import json
import os
import pathlib
import pty
import re
import shutil
import subprocess
import sys
import unittest
import warnings
import zipfile

from support import MARU, ROOT, Case, maru
from test_timestamps import Authority, now, openssl
from test_witness import Witness

BEGIN = "2026-09-01T09:00:00+09:00"
LATER = "2026-10-15T10:00:00+09:00"
NOW = "2026-11-23T09:00:00+09:00"
OTHER_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
CHECKER = ROOT / "catalog/pack/check-receipt.py"
FEW = ("--items", "1,5", "--records", "2")  # of every register

def python_checks(proof, record, key):
    return subprocess.run([sys.executable, str(CHECKER), str(proof), str(record), str(key)], capture_output=True, text=True, timeout=60)


class PackCase(Case):
    def organisation_with_a_past(self):
        """A fresh copy of the sample, recorded on 1 September, changed on 15 October."""
        copy = self.folder / "organisation"
        shutil.copytree(self.made_once("past", self.make_a_past), copy)
        return copy

    def make_a_past(self, org):
        maru("init", org, "--sample", "--no-past", clock=BEGIN, check=0)
        device = json.loads(maru("list", "device", "--format", "json", org=org, clock=BEGIN, check=0).stdout)[0]["code"]
        maru("put", "device", f"code={device}", "name=<script>alert('○')</script>&\"", org=org, clock=LATER, check=0)
        minutes = self.folder / "minutes.pdf"
        minutes.write_bytes(b"%PDF minutes")
        meeting = json.loads(maru("list", "meeting", "--format", "json", org=org, clock=LATER, check=0).stdout)[0]["code"]
        maru("put", "meeting", f"code={meeting}", f"minutes=@{minutes}", org=org, clock=LATER, check=0)

    def pack(self, org, name="pack.zip", *words, clock=NOW, lang="en"):
        file = self.folder / name
        maru("pack", "--from", "2026-09-01", "--to", "2026-11-23", *words, "-o", file, org=org, clock=clock, lang=lang, check=0)
        return file

    def shared_pack(self, *words):
        """The pack of organisation_with_a_past(), made once; nobody changes the file."""
        def make(path):
            shutil.move(self.pack(self.made_once("past", self.make_a_past), "shared.zip", *words), path)

        return self.made_once(("pack", *words), make)

    def unpacked(self, file, name="unpacked", only=("",)):
        """A folder of its files, of the thousands in a large pack perhaps only those whose names begin so."""
        folder = self.folder / name
        with zipfile.ZipFile(file) as archive:
            archive.extractall(folder, [each for each in archive.namelist() if each.startswith(only)])
        return folder


class Receipts(PackCase):
    def test_a_receipt_verifies_by_maru_and_by_python_and_openssl(self):
        org = self.sample()
        proof, record = self.folder / "r.tlog-proof", self.folder / "r.json"
        device = json.loads(maru("list", "device", "--format", "json", org=org, check=0).stdout)[0]["code"]
        said = maru("ledger", "receipt", "device", device, "-o", proof, org=org, check=0).stdout
        key = re.search(r"--key '(.+)'", said)[1]
        verified = maru("ledger", "verify", proof, "--key", key, check=0).stdout
        self.assertIn("of the register device", verified)
        self.assertIn(f"field 1 code = {device}", verified)
        self.assertIn("No witness cosigned", verified)
        self.assertIn("記録され", maru("ledger", "verify", proof, "--key", key, lang="ja", check=0).stdout)
        theirs = python_checks(proof, record, key)
        self.assertEqual(theirs.returncode, 0, theirs.stderr)
        self.assertTrue(theirs.stdout.startswith("OK origin="))

        honest = record.read_text()
        for wrong in (honest.replace(device, device + "x", 1), honest.replace('"version": 1', '"version": 2')):
            record.write_text(wrong)
            self.assertEqual(maru("ledger", "verify", proof, "--key", key).returncode, 1)
            self.assertEqual(python_checks(proof, record, key).returncode, 1)
        record.write_text(honest)
        proof.write_text(proof.read_text().replace("index ", "index 1", 1))
        self.assertEqual(maru("ledger", "verify", proof, "--key", key).returncode, 1)
        self.assertEqual(python_checks(proof, record, key).returncode, 1)

    def test_single_fields_are_disclosed_and_personal_ones_only_when_named(self):
        org = self.sample()
        person = json.loads(maru("list", "person", "--format", "json", org=org, check=0).stdout)[0]
        record = self.folder / "p.json"

        def opened(*words):
            said = maru("ledger", "receipt", "person", person["code"], *words, "--force", "-o", self.folder / "p.tlog-proof", org=org, check=0).stdout
            self.assertEqual(maru("ledger", "verify", self.folder / "p.tlog-proof", "--key", re.search(r"--key '(.+)'", said)[1]).returncode, 0)
            return {field["name"] for field in json.loads(record.read_text())["fields"] if "salt" in field}

        self.assertNotIn("name", opened())
        self.assertNotIn(person["name"], record.read_text())
        self.assertEqual(opened("--fields", "name"), {"name"})
        self.assertIn(person["name"], record.read_text())
        everything = opened("--fields", "all")
        self.assertIn("name", everything)
        self.assertTrue(json.loads(record.read_text())["record"].startswith("tag:"))
        self.assertEqual(maru("ledger", "receipt", "person", person["code"], "--fields", "", "--force", "-o", self.folder / "p.tlog-proof", org=org).returncode, 2)
        refused = maru("ledger", "receipt", "person", person["code"], "--fields", "nonsense", "--force", "-o", self.folder / "p.tlog-proof", org=org)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("has no field nonsense", refused.stderr)

    def test_names_of_fields_say_nothing_that_is_not_proven(self):
        org = self.sample()
        person = json.loads(maru("list", "person", "--format", "json", org=org, check=0).stdout)[0]
        proof, record = self.folder / "p.tlog-proof", self.folder / "p.json"
        said = maru("ledger", "receipt", "person", person["code"], "--fields", "code,name", "-o", proof, org=org, check=0).stdout
        key = re.search(r"--key '(.+)'", said)[1]
        honest = record.read_text()
        verified = maru("ledger", "verify", proof, "--key", key, check=0).stdout
        self.assertIn("names are not part of the proof", verified)
        self.assertNotIn("!", verified)
        number = next(field["number"] for field in json.loads(honest)["fields"] if field["name"] == "name")
        for name in ("name\n  field 99 salary = 1\x1b[2K", "left_on = 2020-01-01 (", "氏名", "code"):
            forged = json.loads(honest)
            next(field for field in forged["fields"] if field["name"] == "name")["name"] = name
            record.write_text(json.dumps(forged, ensure_ascii=False, indent=1) + "\n")
            refused = maru("ledger", "verify", proof, "--key", key)
            with self.subTest(name):
                self.assertEqual(refused.returncode, 1)
                self.assertIn("p.json: disclosure: the \"name\" of field ", refused.stdout)
                self.assertNotIn("salary", refused.stdout + refused.stderr)
                self.assertNotIn("\x1b", refused.stdout + refused.stderr)
                self.assertEqual(python_checks(proof, record, key).returncode, 1)
        record.write_text(honest.replace('"name": "name"', '"name": "nickname"'))
        renamed = maru("ledger", "verify", proof, "--key", key, check=0).stdout
        self.assertIn(f"field {number} name = {person['name']}", renamed)
        self.assertIn(f'! The file calls field {number} "nickname"; in this catalog it is "name".', renamed)

    def test_values_cannot_write_lines_of_their_own(self):
        org = self.organisation("--name", "○商事")
        maru("put", "department", "code=D2", "name=総務部", org=org, check=0)
        proof = self.folder / "d.tlog-proof"
        said = maru("ledger", "receipt", "department", "D2", "-o", proof, org=org, check=0).stdout
        key = re.search(r"--key '(.+)'", said)[1]
        forged = self.folder / "x\n  field 9 pay = 1\x1b[2K.tlog-proof"
        forged.write_bytes(proof.read_bytes())
        shown = maru("ledger", "verify", forged, "--record", proof.with_suffix(".json"), "--key", key, check=0).stdout
        self.assertIn("x␊  field 9 pay = 1␛[2K.tlog-proof", shown)
        forged.write_bytes(proof.read_bytes()[:-9])
        refused = maru("ledger", "verify", forged, "--record", proof.with_suffix(".json"), "--key", key, check=1).stdout
        self.assertEqual((refused.count("\n"), refused.count("\x1b")), (1, 0))
        complaint = maru("ledger", "verify", self.folder / "no\x1b[2Ksuch", "--key", key, check=2).stderr
        self.assertIn("no␛[2Ksuch", complaint)
        self.assertNotIn("\x1b", complaint)

    def test_every_version_and_the_retirement_have_receipts(self):
        org = self.organisation("--name", "○商事")
        maru("put", "department", "code=D1", "name=総務部", org=org, check=0)
        maru("put", "department", "code=D1", "name=管理部", org=org, check=0)
        maru("retire", "department", "D1", "--reason", "統合のため", org=org, check=0)

        def proven(*words):
            said = maru("ledger", "receipt", "department", "D1", *words, "--force", "-o", self.folder / "d.tlog-proof", org=org, check=0).stdout
            return maru("ledger", "verify", self.folder / "d.tlog-proof", "--key", re.search(r"--key '(.+)'", said)[1], check=0).stdout

        self.assertIn("= 総務部", proven("--version", "1"))
        self.assertIn("= 管理部", proven("--version", "2"))
        self.assertIn("retired", proven())
        self.assertIn("field 0 reason: withheld", proven())
        self.assertIn("field 0 reason = 統合のため", proven("--fields", "reason"))
        self.assertEqual(maru("ledger", "receipt", "department", "D1", "--version", "4", "-o", self.folder / "e.tlog-proof", org=org).returncode, 2)

    def test_a_changed_database_gives_no_receipt_that_opens(self):
        org = self.organisation("--name", "○商事")
        maru("put", "department", "code=D1", "name=総務部", org=org, check=0)
        subprocess.run(["sqlite3", str(org / "maru.db"), "update department_history set name = '人事部'; update department set name = '人事部'"], check=True)
        said = maru("ledger", "receipt", "department", "D1", "-o", self.folder / "d.tlog-proof", org=org, check=0).stdout
        self.assertIn("cannot be opened", said)

    def test_what_cannot_be_checked_is_no_success(self):
        org = self.sample()
        proof = self.folder / "r.tlog-proof"
        said = maru("ledger", "receipt", "organisation", "#1", "-o", proof, org=org)
        key = OTHER_KEY
        if said.returncode == 0:
            self.assertEqual(maru("ledger", "verify", proof, "--key", key).returncode, 1)
            self.assertEqual(maru("ledger", "verify", proof).returncode, 2)
            proof.with_suffix(".json").unlink()
            self.assertEqual(maru("ledger", "verify", proof, "--key", key).returncode, 2)
        empty = self.folder / "empty"
        empty.mkdir()
        nothing = maru("ledger", "verify", empty, "--key", key)
        self.assertEqual(nothing.returncode, 2)
        self.assertIn("nothing to check", nothing.stderr)
        self.assertEqual(maru("ledger", "verify", self.folder / "absent", "--key", key).returncode, 2)
        self.assertEqual(maru("ledger", "verify", empty, "--key", "nonsense").returncode, 2)


class Packs(PackCase):
    def test_the_same_state_gives_the_same_bytes(self):
        first = self.shared_pack()
        org = self.organisation_with_a_past()  # in another folder
        os.environ["TZ"] = "America/New_York"
        try:
            second = self.pack(org, "second.zip", clock="2026-11-23T23:00:00+09:00", lang="ja")
        finally:
            del os.environ["TZ"]
        self.assertEqual(first.read_bytes(), second.read_bytes())

    def test_a_long_pack_shows_how_far_it_is(self):
        org = self.organisation_with_a_past()
        ours, theirs = pty.openpty()
        command = [MARU, "--lang", "en", "--clock", NOW, "--org", org, "pack", "--from", "2026-09-01", "-o", self.folder / "long.zip"]
        with subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=theirs) as running:
            os.close(theirs)
            shown = b""
            with contextlib.suppress(OSError):  # the terminal goes when maru ends
                while part := os.read(ours, 1 << 16):
                    shown += part
            os.close(ours)
        self.assertEqual(running.returncode, 0, shown)
        self.assertRegex(shown.decode(), r"█░+ +\d+ %  \d+/\d+")
        self.assertIn("100 %", shown.decode())

    def test_verifies_as_zip_and_as_folder(self):
        file = self.shared_pack()
        folder = self.unpacked(file)
        received = self.folder / "received.vkey"
        shutil.copy(folder / "keys/log.vkey", received)
        for path in (file, folder):
            said = maru("ledger", "verify", path, "--key", received, check=0).stdout
            self.assertIn("hashed again", said)
            self.assertNotIn("pack's own", said)
        self.assertTrue((folder / "evidence" / hashlib.sha256(b"%PDF minutes").hexdigest()).exists())

    def test_a_key_out_of_the_pack_is_none_given(self):
        file = self.shared_pack(*FEW)
        folder = self.unpacked(file)
        for words in (("--key", folder / "keys/log.vkey"), ("--policy", folder / "keys/policy.txt")):
            self.assertIn("pack's own", maru("ledger", "verify", folder, *words, check=0).stdout)
        self.assertIn("pack's own", maru("ledger", "verify", file, check=0).stdout)

    def test_verifies_by_the_commands_in_it(self):
        folder = self.unpacked(self.shared_pack(*FEW))
        shutil.copy(folder / "keys/log.vkey", folder.parent / "received.vkey")
        tools = self.folder / "bin"
        tools.mkdir()
        (tools / "maru").symlink_to(os.environ["MARU_BINARY"])
        guide = (folder / "VERIFY.md").read_text()
        blocks = re.findall(r"```sh\n(.*?)```", guide, re.S)
        self.assertEqual(blocks[:len(blocks) // 2], blocks[len(blocks) // 2:], "the same commands in both languages")
        for block in blocks[:len(blocks) // 2]:
            if "go build" in block and shutil.which("go") is None:
                continue
            environment = dict(os.environ, PATH=f"{tools}:{os.environ['PATH']}", GOCACHE=str(self.folder / "go"), GOFLAGS="")
            script = block.replace("/tmp/", f"{self.folder}/")
            done = subprocess.run(["sh", "-ec", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
            self.assertEqual(done.returncode, 0, f"{block}\n{done.stdout}\n{done.stderr}")
            if "go build" in block:
                continue
            # With the key of somebody else in the pack, or a file more, no step that looks at it succeeds.
            changed = folder.parent / "changed"
            shutil.copytree(folder, changed)
            (changed / "added.txt" if "sha256sum --quiet" in block else folder.parent / "received.vkey").write_text(OTHER_KEY + "\n")
            refused = subprocess.run(["sh", "-ec", script], cwd=changed, env=environment, capture_output=True, text=True, timeout=300)
            self.assertNotEqual(refused.returncode, 0, f"{block}\n{refused.stdout}")
            shutil.copy(folder / "keys/log.vkey", folder.parent / "received.vkey")
            shutil.rmtree(changed)

    def test_every_file_is_refused_when_a_byte_of_it_is_changed(self):
        folder = self.unpacked(self.shared_pack(*FEW))
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        kinds = {path.relative_to(folder).parts[0] for path in files}
        self.assertEqual({"MANIFEST", "MANIFEST.sig", "VERIFY.md", "index.html", "keys", "log", "receipts", "sheets", "evidence", "definitions", "verify"}, kinds)
        definitions = [path for path in files if folder / "definitions" in path.parents]  # hundreds of one kind
        for number, path in enumerate(sorted(set(files) - set(definitions)) + definitions[::10]):
            honest = path.read_bytes()
            at = number * 7919 % len(honest)
            path.write_bytes(honest[:at] + bytes([honest[at] ^ 1]) + honest[at + 1:])
            refused = maru("ledger", "verify", folder)
            path.write_bytes(honest)
            with self.subTest(path=path, at=at):
                self.assertEqual(refused.returncode, 1, refused.stderr)
                self.assertIn(str(path.relative_to(folder)), refused.stdout)
        maru("ledger", "verify", folder, check=0)
        (folder / "receipts/../x.html").write_text("x")
        self.assertIn("x.html: it is not in the signed MANIFEST", maru("ledger", "verify", folder, check=1).stdout)
        (folder / "x.html").unlink()
        (folder / "sheets/first.json").unlink()
        self.assertIn("sheets/first.json: it is missing", maru("ledger", "verify", folder, check=1).stdout)

    def test_evidence_is_refused_when_changed(self):
        folder = self.unpacked(self.shared_pack(*FEW))
        (evidence,) = (folder / "evidence").iterdir()
        evidence.write_bytes(b"%PDF other minutes")
        self.assertIn(f"evidence/{evidence.name}: it was changed", maru("ledger", "verify", folder, check=1).stdout)

    def test_archives_that_play_tricks_are_refused(self):
        honest = self.shared_pack(*FEW)
        with zipfile.ZipFile(honest) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}

        def refused(name, content=b"x"):
            file = self.folder / "tricks.zip"
            with warnings.catch_warnings(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                warnings.simplefilter("ignore")
                for each in files:
                    archive.writestr(each, files[each])
                archive.writestr(name, content)
            done = maru("ledger", "verify", file)
            self.assertEqual(done.returncode, 1, done.stderr)
            return done.stdout

        for name in ("../../etc/cron.d/x", "/etc/passwd", "receipts/../../x", "a\\b", "C:x"):
            with self.subTest(name):
                self.assertIn("no name for a file of a pack", refused(name))
        self.assertIn("two files of this name", refused("index.html"))
        self.assertIn("two files of this name", refused("INDEX.html"))
        self.assertIn("zip bomb", refused("evidence/" + "0" * 64, bytes(300 << 20)))
        self.assertIn("it is not in the signed MANIFEST", refused("extra.txt"))
        cut = self.folder / "cut.zip"
        cut.write_bytes(honest.read_bytes()[:-100])
        self.assertIn("damaged or cut off", maru("ledger", "verify", cut, check=1).stdout)

    def test_an_exported_log_verifies_as_a_zip_archive_too(self):
        org = self.organisation("--name", "○商事")
        maru("put", "department", "code=D1", "name=総務部", org=org, check=0)
        maru("ledger", "export", "-o", self.folder / "log", org=org, check=0)
        file = shutil.make_archive(self.folder / "log", "zip", self.folder / "log")
        self.assertIn("all 2 entries hash to the signed root", maru("ledger", "verify", file, check=0).stdout)
        (self.folder / "empty").mkdir()
        nothing = maru("ledger", "verify", shutil.make_archive(self.folder / "empty", "zip", self.folder / "empty"))
        self.assertEqual(nothing.returncode, 1)
        self.assertIn("nothing to check", nothing.stdout)

    def test_receipts_in_the_pack_are_accepted_by_python(self):
        folder = self.unpacked(self.shared_pack(), only=("keys/", "receipts/11", "receipts/2"))
        proofs = sorted(folder.glob("receipts/*.tlog-proof"))
        self.assertGreater(len(proofs), 20)
        for proof in proofs[:: len(proofs) // 10]:
            done = python_checks(proof, proof.with_suffix(".json"), folder / "keys/log.vkey")
            self.assertEqual(done.returncode, 0, f"{proof}: {done.stderr}")

    def test_the_sheets_are_those_of_both_ends(self):
        org = self.organisation_with_a_past()
        folder = self.unpacked(self.shared_pack(), only=("sheets/",))
        for end, day in (("first", "2026-09-01"), ("last", "2026-11-23")):
            sheet = json.loads((folder / f"sheets/{end}.json").read_text())
            ours = json.loads(maru("sheet", "--on", day, "--known-at", day, "--format", "json", org=org, clock=NOW, check=0).stdout)
            self.assertEqual([(item["code"], item["verdict"], item["counts"]) for item in sheet["items"]],
                             [(item["code"], item["verdict"], item["counts"]) for item in ours["items"]])
            self.assertEqual((sheet["entries"], sheet["root"], sheet["definitions"]), (ours["entries"], ours["root"], ours["definitions"]))
            self.assertTrue(zipfile.is_zipfile(folder / f"sheets/{end}-ja.xlsx"))

    def test_a_year_may_begin_before_the_ledger_did(self):
        org = self.organisation_with_a_past()
        file = self.folder / "year.zip"
        maru("pack", "--from", "2026-04-01", "--to", "2026-11-23", "--items", "5,38", "--records", "2", "-o", file, org=org, clock=NOW, check=0)
        folder = self.unpacked(file)
        first = json.loads((folder / "sheets/first.json").read_text())
        self.assertEqual((first["day"], first["entries"]), ("2026-04-01", 0))
        self.assertNotIn("full", [item["verdict"] for item in first["items"]])
        self.assertIn("nothing had been recorded yet", (folder / "index.html").read_text())
        maru("ledger", "verify", file, check=0)

    def test_a_few_items_disclose_only_what_they_need(self):
        folder = self.unpacked(self.shared_pack(*FEW))
        sheet = json.loads((folder / "sheets/last.json").read_text())
        self.assertEqual([item["number"] for item in sheet["items"]], [1, 5])
        counted = collections.Counter(json.loads(path.read_text())["register"] for path in folder.glob("receipts/*.json"))
        self.assertLessEqual({"pledge", "person", "document", "claim"}, set(counted))
        self.assertNotIn("device", counted)
        self.assertEqual(max(counted.values()), 2)
        self.assertIn("2 / ", (folder / "index.html").read_text())

    def test_wrong_commands_change_nothing(self):
        org = self.organisation_with_a_past()
        file = self.folder / "pack.zip"
        for words, reason in (
            (("--from", "2026-09-01", "--to", "2026-12-01"), "has not come"),
            (("--from", "2026-11-02", "--to", "2026-11-01"), "--from lies after --to"),
            (("--from", "nonsense", "--to", "2026-11-01"), "--from"),
            (("--from", "2026-09-01", "--to", "2026-11-01", "--items", "5,999"), "no item"),
            (("--from", "2026-09-01", "--to", "2026-11-01", "--sheet", "none"), "none"),
            (("--from", "2026-08-01", "--to", "2026-08-31"), "--to: the ledger begins at 2026-09-01"),
            (("--from", "2026-09-02", "--to", "2026-10-14"), "e.g. --from 2026-09-01"),
        ):
            refused = maru("pack", *words, "-o", file, org=org, clock=NOW)
            with self.subTest(words):
                self.assertEqual(refused.returncode, 2)
                self.assertIn(reason, refused.stderr)
                self.assertFalse(file.exists())
        refused = maru("pack", "--from", "2026-09-01", "-o", self.folder / "none/pack.zip", org=org, clock=NOW, check=2)
        self.assertIn(f"there is no folder {self.folder / 'none'}", refused.stderr)
        file.write_text("mine")
        refused = maru("pack", "--from", "2026-09-01", "--to", "2026-11-01", "-o", file, org=org, clock=NOW)
        self.assertEqual((refused.returncode, file.read_text()), (2, "mine"))
        self.assertEqual([path.name for path in self.folder.iterdir() if "sheet.xlsx" in path.name], [])


class Vouched(PackCase):
    """With cosignatures of a witness and time stamps of an authority."""

    def department(self, org):
        maru("put", "department", "code=D1", "name=総務部", org=org, check=0)

    def made(self, org, name):
        done = maru("pack", "--from", "2026-11-23", "--to", "2026-11-23", "--items", "5", "-o", self.folder / name, org=org, check=0)
        return done.stderr, self.unpacked(self.folder / name, name + ".d")

    def test_a_pack_carries_the_word_of_the_witnesses_once_they_have_cosigned(self):
        org = self.organisation("--name", "○商事")
        self.department(org)
        key = maru("ledger", "key", org=org, check=0).stdout.strip()
        witness = Witness(self.folder, "w1", [key])
        try:
            (org / "policy.txt").write_text(f"log {key}\nwitness w1 {witness.vkey} {witness.url}\nquorum w1\n")
            said, before = self.made(org, "before.zip")
            self.assertIn("have not cosigned", said)
            self.assertIn("No witness cosigned", maru("ledger", "verify", before, check=0).stdout)
            self.assertEqual(maru("ledger", "verify", before, "--policy", org / "policy.txt").returncode, 1)
            maru("ledger", "cosign", org=org, check=0)
            said, after = self.made(org, "after.zip")
            self.assertEqual(said, "")
        finally:
            witness.kill()
        for words in ((), ("--policy", org / "policy.txt")):
            self.assertIn("cosigned by the witness w1", maru("ledger", "verify", after, *words, check=0).stdout)
            self.assertRegex(maru("ledger", "verify", after, *words, lang="ja", check=0).stdout, "立会人 w1 が .+ に連署")

    def test_time_stamps_are_in_the_pack_and_openssl_believes_them(self):
        org = self.organisation("--name", "○商事")
        self.department(org)
        with Authority(self.folder / "authority") as authority:
            maru("ledger", "stamp", "--tsa", authority.url, "--ca", authority.root, org=org, clock=now(), check=0)
        _, folder = self.made(org, "stamped.zip")
        said = maru("ledger", "verify", folder, check=0).stdout
        self.assertIn("  1 time stamp over this ledger", said)
        self.assertIn("No witness cosigned: the times of the 1 entry after the last time stamp are by", said)
        (body,) = folder.glob("timestamps/*.body")
        done = openssl("ts", "-verify", "-data", body, "-in", body.with_suffix(".tsr"), "-CAfile", authority.root, cwd=folder)
        self.assertIn(b"Verification: OK", done.stdout + done.stderr)


class Page(PackCase):
    """index.html in Chromium, without network."""

    def dom(self, page):
        profile = self.folder / "profile"
        done = subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={profile}", "--proxy-server=127.0.0.1:9",
                               "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--log-level=0", "--virtual-time-budget=3000", "--dump-dom", page.as_uri()],
                              capture_output=True, text=True, timeout=180)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        self.assertNotIn("Content Security Policy", done.stderr)
        self.assertNotIn("CONSOLE", done.stderr)
        return done.stdout

    @unittest.skipIf(shutil.which("chromium") is None, "Debian package chromium")
    def test_the_page_opens_without_network_and_shows_both_sheets(self):
        folder = self.unpacked(self.shared_pack(), only=("index.html", "sheets/"))
        alone = self.folder / "alone"
        alone.mkdir()
        shutil.copy(folder / "index.html", alone)
        dom = self.dom(alone / "index.html")
        self.assertEqual(len(re.findall(r'class="tile m-', dom)), 104)
        last = json.loads((folder / "sheets/last.json").read_text())
        for number, verdict in ((item["number"], item["verdict"]) for item in last["items"]):
            self.assertRegex(dom, rf'class="tile m-{verdict}[^>]*href="#item-{number}"')
        self.assertIn("<summary>", dom)
        self.assertNotRegex(dom, r"(src|href)=\"(https?:)?//")
        self.assertNotIn("<script>alert", dom)
        self.assertIn("&lt;script&gt;alert(", dom)


if __name__ == "__main__":
    unittest.main()
