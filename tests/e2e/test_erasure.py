"""maru erase: what goes is nowhere any more, what stays says why, and everything else works on."""
import json
import os
import re
import shutil
import sqlite3
import threading

from serving import Server
from support import CLOCK, TODAY, Case, maru

LATER = "2031-04-10T09:00:00+09:00"  # when every retention of the sample's leavers is over
BASIS = "本人の請求（個人情報保護法35条）"


def residue(folder, words):
    """Which of the words stand in a file below the folder, in UTF-8 or UTF-16."""
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        for word in words:
            if any(word.encode(code) in content for code in ("utf-8", "utf-16-le", "utf-16-be")):
                found.append((path.name, word))
    return found


class Erasure(Case):
    def records(self, org, register, clock=LATER):
        return json.loads(maru("list", register, "--format", "json", org=org, clock=clock or CLOCK, check=0).stdout)

    def person(self, org, code):
        return next(one for one in self.records(org, "person") if one["code"] == code)

    def leaver(self, org):
        """E033 of the sample, who left not long ago and whose last account is closed today."""
        for account in self.records(org, "account", clock=None):
            if account["person"] == "E033" and not account["disabled_on"]:
                maru("put", "account", f"service={account['service']}", f"account_name={account['account_name']}", f"disabled_on={TODAY}", org=org, check=0)
        return "E033"

    def words_about(self, org, code):
        """Every personal text that an erasure of a leaver takes, once all retentions are over."""
        person = self.person(org, code)
        accounts = [one["account_name"] for one in self.records(org, "account") if one["person"] == code]
        texts = [person[name] for name in ("name", "legal_name", "furigana", "mail", "phone")] + accounts
        return sorted({text for text in texts if len(text.encode()) > 5})

    def erase(self, org, code, clock=LATER, check=0):
        done = maru("erase", "person", code, "--basis", BASIS, "--yes", org=org, clock=clock, check=check)
        return int(re.search(r"Erased by entry (\d+)", done.stdout).group(1)), done

    def verify(self, org, check=0, lang="en"):
        return maru("ledger", "verify", org=org, clock=LATER, lang=lang, check=check).stdout

    def test_a_dry_run_shows_everything_and_changes_nothing(self):
        org = self.sample()
        self.leaver(org)
        before = self.root(org)
        text = maru("erase", "person", "E033", "--dry-run", org=org, lang="ja", check=0).stdout
        self.assertIn("労働基準法", text)
        self.assertIn("https://laws.e-gov.go.jp/", text)
        self.assertIn("氏名", text)
        for part in ("消去するもの", "手で対応する控え", "バックアップ", "メール", "確認のみ"):
            self.assertIn(part, text)
        self.assertRegex(text, r"20\d\d-\d\d-\d\d まで")
        self.assertEqual(before, self.root(org))
        english = maru("erase", "person", "E033", "--dry-run", org=org, check=0).stdout
        self.assertIn("Labour Standards Act", english)

    def test_a_server_erases_and_keeps_nothing_while_it_runs(self):
        org = self.sample()
        words = self.words_about(org, "E036")
        self.assertTrue(residue(org, words), "else the search proves nothing")
        maru("put", "app_user", "person=E003", "mail=suzuki.misaki@calllink.example", "roles=security_manager;hr", org=org, check=0)
        server = Server(org, clock=LATER)
        self.addCleanup(server.stop)
        manager = server.client()
        self.assertEqual(200, manager.post("/links/redeem", {"link": next(iter(server.links.values()))})[0])
        # what a server keeps: readers, judged sheets, a remembered answer, past states
        for path in ("/registers/person/records?limit=200", "/sheets/ipa-52", "/sheets/ipa-52?on=2026-11-23", "/tasks"):
            self.assertEqual(200, manager.get(path)[0], path)
        status, _, entries = manager.get("/registers/person/records?limit=1&at=200")
        self.assertEqual(200, status, entries)
        status, _, changed = manager.request("PATCH", "/registers/person/records/E036", {"fields": {"phone": "+81 3 9999 0036"}}, headers={"Idempotency-Key": "k-1"}.items())
        self.assertEqual(200, status, changed)
        words = sorted({*words, "+81 3 9999 0036"})
        stop = threading.Event()
        failures = []

        def read():
            client = server.client()
            client.cookie = manager.cookie
            while not stop.is_set():
                for path in ("/sheets/ipa-52", "/registers/person/records?limit=200"):
                    status = client.get(path)[0]
                    if status != 200:
                        failures.append((path, status))

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        try:
            _, _, plan = manager.get("/erasures/plan/E036")
            status, _, done = manager.post("/erasures", {"person": "E036", "confirm": "E036", "hash": plan["hash"], "basis": BASIS})
        finally:
            stop.set()
            for reader in readers:
                reader.join()
        self.assertEqual(201, status, done)
        self.assertEqual(([], []), (done["open"], done["searched"]["found"]))
        self.assertEqual([], failures)
        self.assertEqual([], residue(org, words))  # the server still runs
        text = json.dumps(manager.get("/registers/person/records?limit=200&retired=true")[2], ensure_ascii=False)
        for word in words:
            self.assertNotIn(word, text)
        self.assertEqual(0, server.stop())
        self.assertEqual([], residue(org, words))
        self.assertIn("were erased by entry", self.verify(org))

    def test_what_stands_in_the_way_is_listed_with_what_to_do(self):
        org = self.sample()
        before = self.root(org)
        done = maru("erase", "person", "E007", "--basis", BASIS, "--yes", org=org, check=2)
        for part in ("still here", "left_on", "holds device", "account"):
            self.assertIn(part, done.stderr)
        self.assertEqual(1, maru("erase", "person", "E007", "--dry-run", org=org).returncode)
        self.assertEqual(before, self.root(org))

    def test_asks_before_it_erases(self):
        org = self.sample()
        self.leaver(org)
        self.assertIn("--yes", maru("erase", "person", "E033", "--basis", BASIS, org=org, check=2).stderr)
        self.assertIn("--basis", maru("erase", "person", "E033", "--yes", org=org, check=2).stderr)
        self.assertIn("names", maru("erase", "person", "E033", "--yes", "--basis", "request of " + self.person(org, "E033")["name"],
                                    org=org, check=2).stderr)

    def test_nothing_of_a_leaver_of_the_sample_is_left_in_any_file(self):
        org = self.sample()
        words = self.words_about(org, "E036")
        self.assertGreater(len(words), 2)
        self.assertTrue(residue(org, words), "else the search proves nothing")
        done = maru("erase", "person", "E036", "--basis", BASIS, "--requested", "2031-04-01", "--yes", org=org, clock=LATER)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertEqual([], residue(org, words))
        self.assertIn("none of the erased values is left", done.stdout)
        entry = int(re.search(r"Erased by entry (\d+)", done.stdout).group(1))
        self.assert_shown(org, entry, words)

    def assert_shown(self, org, entry, words):
        en, ja = f"erased by entry {entry}", f"変更 {entry} により消去済み"
        erased = [one for one in self.records(org, "person") if one["name"] == en]
        self.assertEqual(1, len(erased))
        number = re.search(r"#\d+", maru("erase", "list", org=org, clock=LATER, check=0).stdout).group(0)
        self.assertIn(ja, maru("show", "person", number, org=org, clock=LATER, lang="ja", check=0).stdout)
        self.assertIn(en, maru("history", "person", number, org=org, clock=LATER, check=0).stdout)
        self.assertIn(en, maru("list", "account", "--format", "csv", org=org, clock=LATER, check=0).stdout)
        file = self.folder / "out.csv"
        maru("export", "person", "-o", file, org=org, clock=LATER, check=0)
        self.assertIn(ja, file.read_text("utf-8-sig"))
        self.assertIn("unchanged", maru("import", "person", file, org=org, clock=LATER, check=0).stdout)
        maru("sheet", "--all", org=org, clock=LATER, check=0)
        explained = maru("check", "leavers-keep-no-account", "--explain", org=org, clock="2026-11-23T09:00:00+09:00")
        for word in words:
            self.assertNotIn(word, explained.stdout)
        self.assertIn("消去済み", explained.stdout)
        refused = maru("put", "person", "name=誰か", "--id", number[1:], org=org, clock=LATER, check=2)
        self.assertIn(f"erased by entry {entry}", refused.stderr)
        self.assertIn("created", maru("put", "person", "code=E036", "name=新しい 人", "employment=employee", "joined_on=2031-04-01",
                                      org=org, clock=LATER, check=0).stdout)

    def test_the_sheet_stays_as_it_was(self):
        org = self.sample()
        before = self.marks(org)
        maru("erase", "person", "E034", "--basis", BASIS, "--yes", org=org, check=0)
        self.assertEqual(before, self.marks(org))
        self.assertAllFull(org)

    def test_what_must_stay_stays_until_its_day(self):
        org = self.sample()
        self.leaver(org)
        before = self.person(org, "E033")
        maru("erase", "person", "E033", "--basis", BASIS, "--yes", org=org, check=0)
        after = self.person(org, "E033")
        self.assertEqual(before["name"], after["name"])
        self.assertRegex(after["mail"], "erased by entry")
        self.assertIn("until 20", maru("erase", "list", org=org, check=0).stdout)
        self.assertIn("must be kept", maru("erase", "person", "E033", "--basis", BASIS, "--yes", org=org, check=2).stderr)
        self.assertIn("due", maru("erase", "list", org=org, clock=LATER, check=0).stdout)
        maru("erase", "person", "E033", "--basis", "保存期限の満了", "--yes", org=org, clock=LATER, check=0)
        self.assertEqual([], residue(org, [before["name"], before["furigana"], before["mail"]]))
        self.assertIn("all of it is erased", maru("erase", "list", org=org, clock=LATER, check=0).stdout)

    def test_three_years_of_history_and_a_paper_leave_nothing(self):
        org = self.organisation("--name", "株式会社見本")
        start = "2023-04-03T09:00:00+09:00"
        maru("put", "person", "code=E500", "name=長谷川 みどり", "legal_name=大野 みどり", "furigana=ハセガワ ミドリ",
             "employment=on_site_contractor", "joined_on=2023-04-03", "mail=midori@calllink.example", "phone=090-5555-0001", org=org, clock=start, check=0)
        maru("put", "person", "code=E501", "name=管理 太郎", "employment=employee", "joined_on=2020-04-01", org=org, clock=start, check=0)
        maru("put", "service", "code=S1", "name=Slack", "kind=saas", "owner=E501", "started_on=2020-04-01", "holds_secrets=true", org=org, clock=start, check=0)
        paper = self.folder / "誓約書.txt"
        paper.write_text("誓約書 大野みどり 印")
        maru("put", "pledge", "person=E500", "kind=joining", "asked_on=2023-04-03", "outcome=signed", "signed_on=2023-04-03", f"paper=@{paper}", org=org, clock=start, check=0)
        for month in range(36):
            clock = f"{2023 + (month + 3) // 12}-{(month + 3) % 12 + 1:02}-05T09:00:00+09:00"
            rows = [f"person={'E500'}", "service=S1", f"account_name=midori.hasegawa.{month % 3}", "kind=person", f"last_sign_in_on={clock[:10]}"]
            maru("put", "account", *rows, org=org, clock=clock, check=0)
            maru("put", "person", "code=E500", f"phone=090-5555-{month:04}", org=org, clock=clock, check=0)
        leave = "2026-04-02T09:00:00+09:00"
        maru("put", "person", "code=E500", "last_working_day=2026-03-31", "left_on=2026-03-31", org=org, clock=leave, check=0)
        for name in range(3):
            maru("put", "account", "service=S1", f"account_name=midori.hasegawa.{name}", "disabled_on=2026-04-01", org=org, clock=leave, check=0)
        words = ["長谷川", "ハセガワ", "大野", "midori", "090-5555", "誓約書 大野みどり"]
        self.assertTrue(residue(org, words))
        self.assertTrue([one for one in (org / "blobs").rglob("*") if one.is_file()])
        done = maru("erase", "person", "E500", "--basis", BASIS, "--yes", org=org, clock=leave)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertEqual([], residue(org, words))
        self.assertEqual([], [one for one in (org / "blobs").rglob("*") if one.is_file()])

    def test_texts_of_others_and_files_written_are_listed(self):
        org = self.sample()
        name = self.person(org, "E036")["name"]
        maru("put", "department", "code=D-MEMO", f"name={name.replace(' ', '')}さんの引継ぎ", org=org, clock=LATER, check=0)
        file = self.folder / "全員.csv"
        maru("export", "person", "-o", file, org=org, clock=LATER, check=0)
        text = maru("erase", "person", "E036", "--dry-run", org=org, clock=LATER, lang="ja").stdout
        self.assertIn("D-MEMO", text)
        self.assertIn(str(file), text)
        file.unlink()
        self.assertNotIn(str(file), maru("erase", "person", "E036", "--dry-run", org=org, clock=LATER, lang="ja").stdout)

    def test_readers_that_are_there_leave_nothing_behind(self):
        org = self.sample()
        words = self.words_about(org, "E036")
        idle = sqlite3.connect(org / "maru.db")  # has the database open, reads nothing now
        idle.execute("select count(*) from person").fetchall()
        idle.commit()
        self.erase(org, "E036")
        self.assertEqual([], residue(org, words))
        self.assertTrue(idle.execute("select 1 from person_history where name is null").fetchall())
        idle.close()
        self.assertEqual([], residue(org, words))

    def test_a_reader_of_the_old_state_is_named_as_what_is_open_and_the_next_command_ends_it(self):
        org = self.sample()
        words = self.words_about(org, "E036")
        old = sqlite3.connect(org / "maru.db", isolation_level=None)
        old.execute("begin")
        old.execute("select count(*) from person").fetchall()
        _, done = self.erase(org, "E036", check=1)
        self.assertIn("Not finished", done.stdout)
        self.assertNotIn("none of the erased values is left", done.stdout)
        old.execute("commit")
        old.close()
        self.assertIn("has been finished", maru("erase", "resume", org=org, clock=LATER, check=0).stderr)
        self.assertEqual([], residue(org, words))

    def test_everything_that_was_signed_before_still_verifies(self):
        org = self.sample()
        before = maru("ledger", "checkpoint", org=org, clock=LATER, check=0).stdout
        tiles = self.folder / "記録簿"
        maru("ledger", "export", "-o", tiles, org=org, clock=LATER, check=0)
        copy = self.folder / "記録簿 before"
        shutil.copytree(tiles, copy)
        key = maru("ledger", "key", org=org, clock=LATER, check=0).stdout.strip()
        entry, _ = self.erase(org, "E036")
        maru("ledger", "verify", copy, "--key", key, clock=LATER, check=0)
        maru("ledger", "export", "-o", tiles, org=org, clock=LATER, check=0)  # the same tiles, and more
        maru("ledger", "verify", tiles, "--key", key, clock=LATER, check=0)
        self.assertEqual(int(before.split("\n")[1]), entry)
        self.assertIn(f"were erased by entry {entry}", self.verify(org))

    def receipt(self, org, record, file, *words):
        """The names of the fields that are opened and withheld; the receipt verifies."""
        maru("ledger", "receipt", "person", record, *words, "-o", file, org=org, clock=LATER, check=0)
        self.assertEqual(0, self.verified(org, file))
        fields = json.loads(file.with_suffix(".json").read_text())["fields"]
        return {one["name"] for one in fields if "salt" in one}, {one["name"] for one in fields if "salt" not in one}

    def verified(self, org, file):
        key = maru("ledger", "key", org=org, clock=LATER, check=0).stdout.strip()
        return maru("ledger", "verify", file, "--key", key, clock=LATER).returncode

    def test_packs_and_receipts_from_before_verify_and_the_rest_can_still_be_proved(self):
        org = self.sample()
        before, after, pack = self.folder / "before.tlog-proof", self.folder / "after.tlog-proof", self.folder / "pack.zip"
        opened, _ = self.receipt(org, "E036", before, "--fields", "name")
        self.assertEqual({"name"}, opened)
        maru("pack", "--from", TODAY, "--to", TODAY, "--items", "5", "-o", pack, org=org, check=0)
        self.erase(org, "E036")
        self.assertEqual(0, self.verified(org, before))
        self.assertEqual(0, self.verified(org, pack))
        listed = maru("erase", "list", org=org, clock=LATER, check=0).stdout
        opened, withheld = self.receipt(org, re.search(r"#\d+", listed).group(0), after, "--fields", "all")
        self.assertIn("joined_on", opened)
        self.assertLess({"code", "name", "mail"}, withheld)
        copies = maru("erase", "person", "E035", "--dry-run", org=org, clock=LATER).stdout
        self.assertIn(str(pack), copies)
        self.assertIn(str(before.with_suffix(".json")), copies)

    def meddle(self, org, sql):
        with sqlite3.connect(org / "maru.db") as database:
            self.assertGreater(database.execute(sql).rowcount, 0, sql)
        database.close()

    def test_a_record_changed_behind_the_ledgers_back_is_named(self):
        org = self.sample()
        self.assertIn("give the commitments", self.verify(org))
        person, name = self.person(org, "E036"), "身代わり 太郎"
        with sqlite3.connect(org / "maru.db") as database:
            number = database.execute("select id from person where code = 'E036'").fetchone()[0]
        database.close()
        self.meddle(org, f"update person_history set name = '{name}' where id = {number} and to_index is null")
        text = self.verify(org, check=1)
        for part in (f"person #{number} ", "name", person["name"]):
            self.assertIn(part, text)
        self.assertIn("氏名", self.verify(org, check=1, lang="ja"))
        self.meddle(org, f"update person set name = '{name}' where id = {number}")
        self.assertIn(f"person #{number} ", self.verify(org, check=1))
        self.meddle(org, f"update person_history set name = '{person['name']}' where id = {number} and to_index is null")
        self.assertIn("current value", self.verify(org, check=1))
        self.meddle(org, f"update person set name = '{person['name']}' where id = {number}")
        self.verify(org)

    def test_an_erased_value_needs_its_erasure(self):
        org = self.sample()
        name = self.person(org, "E036")["name"]
        entry, _ = self.erase(org, "E036")
        self.verify(org)
        number = re.search(r"#(\d+)", maru("erase", "list", org=org, clock=LATER, check=0).stdout).group(1)
        self.meddle(org, f"update person_history set name = '{name}' where id = {number}")
        self.assertIn("there again", self.verify(org, check=1))
        self.meddle(org, f"update person_history set name = null where id = {number}")
        self.verify(org)
        with sqlite3.connect(org / "maru.db") as database:
            other = database.execute("select min(id) from person where mail is not null").fetchone()[0]
        database.close()
        self.meddle(org, f"update person_history set mail = null where id = {other}")
        self.meddle(org, f"update person set mail = null where id = {other}")
        self.meddle(org, f"insert into erased_value select id, version, 9, 5, {entry - 1}, randomblob(32) from person_history where id = {other}")
        text = self.verify(org, check=1)
        self.assertIn(f"person #{other} ", text)
        self.assertIn("is no erasure", text)

    def test_a_backup_does_not_bring_the_person_back(self):
        org = self.sample()
        backup = self.folder / "backup"
        shutil.copytree(org, backup)
        os.environ["MARU_ANCHORS"] = str(self.folder / "other")
        name = self.person(org, "E036")["name"]
        maru("erase", "person", "E036", "--basis", BASIS, "--yes", org=org, clock=LATER, check=0)
        shutil.rmtree(self.folder / "other")
        for path in org.glob("maru.db*"):
            path.unlink()
        shutil.copy(backup / "maru.db", org / "maru.db")
        listed = maru("list", "person", org=org, clock=LATER, check=0)
        self.assertIn("erased people is hidden; maru ledger renew", listed.stderr)
        self.assertNotIn(name, listed.stdout)
        with sqlite3.connect(f"file:{org / 'maru.db'}?mode=ro", uri=True) as database:
            size = database.execute("select size from log_state").fetchone()[0]
        database.close()
        for command in (("put", "department", "code=ZZ1", "name=テスト"), ("erase", "resume")):
            refused = maru(*command, org=org, clock=LATER)
            self.assertNotEqual(0, refused.returncode)
            self.assertIn("maru ledger renew", refused.stderr)
        status = maru("ledger", "status", org=org, clock=LATER, check=1).stdout
        self.assertIn(f"the database has {size} entries", status)
        maru("ledger", "renew", "--cause", "ディスクの故障", org=org, clock=LATER, check=0)
        self.assertEqual("", maru("put", "department", "code=ZZ1", "name=テスト", org=org, clock=LATER, check=0).stderr)
        self.verify(org)
        self.assertEqual([], residue(org, [name]))
        self.assertIn("(again)", maru("erase", "list", org=org, clock=LATER, check=0).stdout)
