"""Witnesses on loopback: cosigning, and an organisation that was put back is found out."""
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import urllib.error
import urllib.request

from support import MARU, Case, maru


class Witness:
    """A running `maru ledger witness serve`; the state stays on disk when it is killed."""

    def __init__(self, folder, name, logs):
        self.folder, self.name, self.logs = folder, name, logs
        self.key = folder / f"{name}.key"
        self.vkey = maru("ledger", "witness", "key", "--key", self.key, "--name", f"witness.example.jp/{name}", check=0).stdout.strip()
        self.address = "127.0.0.1:0"
        self.start()

    def start(self):
        command = [MARU, "--lang", "en", "ledger", "witness", "serve", "--state", str(self.folder / f"{self.name}.db"), "--key", str(self.key), "--listen", self.address]
        for log in self.logs:
            command += ["--log", log]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.url = re.search(r"http://\S+", line).group(0)
        self.address = self.url.removeprefix("http://")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.finish()

    def finish(self):
        self.process.communicate()
        return self.process.returncode

    def post(self, body):
        try:
            with urllib.request.urlopen(urllib.request.Request(self.url + "/add-checkpoint", data=body.encode())) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


class Witnesses(Case):
    def setUp(self):
        super().setUp()
        self.running = []

    def tearDown(self):
        for witness in self.running:
            if witness.process.poll() is None:
                witness.kill()
        super().tearDown()

    def witness(self, name, *logs):
        self.running.append(Witness(self.folder, name, logs))
        return self.running[-1]

    def organisation_with(self, count, rule="all"):
        org = self.organisation("--name", "株式会社見本")
        checkpoint = maru("ledger", "cosign", org=org).stderr  # says what a policy looks like, with our key
        self.log = re.search(r"^log (\S+)$", checkpoint, re.M).group(1)
        witnesses = [self.witness(f"w{n}", self.log) for n in range(1, count + 1)]
        lines = [f"log {self.log}"] + [f"witness {w.name} {w.vkey} {w.url}" for w in witnesses]
        lines += [f"group g {rule} " + " ".join(w.name for w in witnesses), "quorum g"]
        (org / "policy.txt").write_text("\n".join(lines) + "\n")
        return org, witnesses

    def add(self, org, code):
        maru("put", "department", f"code={code}", "name=開発部", org=org, check=0)

    def test_two_witnesses_cosign_and_go_on_cosigning(self):
        org, witnesses = self.organisation_with(2)
        for code in ("D1", "D2", "D3"):
            self.add(org, code)
            done = maru("ledger", "cosign", org=org, check=0)
            for witness in witnesses:
                self.assertIn(f"— witness.example.jp/{witness.name} ", done.stdout)
        self.assertIn("cosigned", done.stdout)
        size = re.search(r"cosigned (\d+) entries", done.stdout).group(1)
        status = maru("ledger", "status", org=org, check=0).stdout
        for witness in witnesses:
            self.assertRegex(status, rf"witness {witness.name} +{size} entries, .* ago")

    def test_what_a_killed_witness_answered_it_still_knows(self):
        org, (witness,) = self.organisation_with(1)
        for code in ("D1", "D2", "D3", "D4", "D5"):
            self.add(org, code)
            maru("ledger", "cosign", org=org, check=0)
            witness.kill()
            witness.start()
        printed = maru("ledger", "cosign", org=org, check=0).stdout
        note = printed[printed.index("maru.internal"):]
        self.assertEqual((409, note.split("\n")[1] + "\n"), witness.post("old 0\n\n" + note))

    def test_too_few_witnesses_are_said(self):
        org, (one, two) = self.organisation_with(2)
        self.add(org, "D1")
        two.kill()
        done = maru("ledger", "cosign", org=org, check=1)
        self.assertIn("quorum is not met", done.stderr)
        self.assertIn("cannot reach", done.stdout)
        two.start()
        maru("ledger", "cosign", org=org, check=0)

    def test_one_of_two_is_enough_when_the_policy_says_so(self):
        org, (one, two) = self.organisation_with(2, "any")
        two.kill()
        maru("ledger", "cosign", org=org, check=0)

    def test_an_organisation_that_was_put_back_is_found_out_and_stays_read_only(self):
        org, (witness,) = self.organisation_with(1)
        self.add(org, "D1")
        maru("ledger", "cosign", org=org, check=0)
        backup = self.folder / "backup"
        shutil.copytree(org, backup)
        self.add(org, "D2")
        maru("ledger", "cosign", org=org, check=0)
        shutil.rmtree(org)
        shutil.copytree(backup, org)
        shutil.rmtree(os.environ["MARU_ANCHORS"], ignore_errors=True)  # only the witness knows
        done = maru("ledger", "cosign", org=org, check=1)
        self.assertIn("ALARM", done.stderr)
        self.assertIn("the witness w1 has 3 entries", done.stderr)
        self.assertTrue((org / "witness.checkpoint").exists())
        refused = maru("put", "department", "code=D3", "name=開発部", org=org, check=2)
        self.assertIn("read-only", refused.stderr)
        self.assertIn("read-only", maru("list", "department", org=org, check=0).stderr)

    def test_a_second_history_is_found_out(self):
        org, (witness,) = self.organisation_with(1)
        self.add(org, "D1")
        maru("ledger", "cosign", org=org, check=0)
        copy = self.folder / "copy"
        shutil.copytree(org, copy)
        self.add(org, "D2")
        maru("ledger", "cosign", org=org, check=0)
        os.environ["MARU_ANCHORS"] = str(self.folder / "elsewhere")
        self.add(copy, "X1")
        self.add(copy, "X2")
        self.assertIn("ALARM", maru("ledger", "cosign", org=copy, check=1).stderr)
        self.assertIn("read-only", maru("put", "department", "code=X3", "name=開発部", org=copy, check=2).stderr)

    def test_what_is_exported_after_cosigning_satisfies_the_policy(self):
        org, witnesses = self.organisation_with(2)
        self.add(org, "D1")
        maru("ledger", "cosign", org=org, check=0)
        log, policy = self.folder / "log", org / "policy.txt"
        maru("ledger", "export", "-o", log, org=org, check=0)
        self.assertIn("2 witnesses", maru("ledger", "verify", log, "--policy", policy, check=0).stdout)
        self.assertIn("maru ledger export", maru("ledger", "verify", "--policy", policy, org=org, check=2).stderr)
        self.add(org, "D2")
        maru("ledger", "export", "-o", log, org=org, check=0)
        maru("ledger", "verify", log, "--policy", policy, check=1)

    def test_a_damaged_copy_of_a_witness_stops_writing_and_not_reading(self):
        org = self.organisation("--name", "株式会社見本")
        (org / "witness.checkpoint").write_text("garbage")
        self.assertIn("witness.checkpoint", maru("put", "department", "code=D1", "name=開発部", org=org, check=2).stderr)
        self.assertIn("witness.checkpoint", maru("list", "department", org=org, check=0).stderr)

    def test_a_cosignature_that_was_not_stored_is_asked_for_again(self):
        org, (witness,) = self.organisation_with(1)
        self.add(org, "D1")
        maru("ledger", "cosign", org=org, check=0)
        with sqlite3.connect(org / "maru.db") as database:
            database.execute("delete from cosignature")
        self.add(org, "D2")
        self.assertIn("witness.example.jp/w1", maru("ledger", "cosign", org=org, check=0).stdout)

    def test_a_log_that_the_witness_does_not_watch_is_refused(self):
        org, (witness,) = self.organisation_with(1)
        other = self.folder / "other"
        maru("init", other, "--name", "株式会社別", check=0)
        log = re.search(r"^log (\S+)$", maru("ledger", "cosign", org=other).stderr, re.M).group(1)
        (other / "policy.txt").write_text(f"log {log}\nwitness w1 {witness.vkey} {witness.url}\nquorum w1\n")
        done = maru("ledger", "cosign", org=other, check=1)
        self.assertIn("404", done.stdout)
        self.assertFalse((other / "witness.checkpoint").exists())

    def test_policies_without_us_or_without_addresses_are_explained(self):
        org, (witness,) = self.organisation_with(1)
        for text, word in [("", "policy.txt"), (f"witness w1 {witness.vkey} {witness.url}\nquorum w1\n", "no line for this log"),
                           (f"log {self.log}\nwitness w1 {witness.vkey}\nquorum w1\n", "no witness line with an address")]:
            (org / "policy.txt").write_text(text)
            self.assertIn(word, maru("ledger", "cosign", org=org, check=2).stderr)

    def test_the_witness_ends_cleanly_and_explains_itself(self):
        witness = self.witness("w9", "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
        witness.process.send_signal(signal.SIGTERM)
        self.assertEqual(0, witness.finish())
        serve = ["ledger", "witness", "serve", "--state", self.folder / "x.db", "--key", witness.key, "--log"]
        self.assertIn("--log", maru(*serve, "nonsense", check=2).stderr)
        self.assertIn("0x01", maru(*serve, witness.vkey, check=2).stderr)
        self.assertIn("--name", maru("ledger", "witness", "key", "--key", self.folder / "none.key", check=2).stderr)
        self.assertEqual(0o600, witness.key.stat().st_mode & 0o777)
