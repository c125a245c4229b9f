"""Every command, as a security officer types it; what goes in comes out again."""
import json
import re
import shlex

from support import ROOT, Case, maru

COMMANDS = ["init", "sheet", "check", "list", "show", "put", "retire", "history", "import", "export", "claims", "exception", "tasks", "diff", "forecast", "window", "ledger", "catalog"]


class Help(Case):
    def test_teaches_every_command_in_both_languages(self):
        for lang in ("ja", "en"):
            text = maru("--help", lang=lang, check=0).stdout
            for command in COMMANDS:
                self.assertIn("  " + command, text)
                self.assertGreater(len(maru(command, "--help", lang=lang, check=0).stdout), 100)
        self.assertIn("台帳", maru("--help", lang="ja").stdout)

    def test_examples_are_those_of_the_command(self):
        for command in (["ledger", "receipt"], ["ledger", "export"], ["pack"], ["ledger", "stamp"], ["erase", "person"]):
            for lang in ("ja", "en"):
                examples = maru(*command, "--help", lang=lang, check=0).stdout.split("\n\n")[-1]
                self.assertIn("maru " + " ".join(command) + " ", examples)

    def test_says_how_to_begin_when_there_is_no_organisation(self):
        done = maru("sheet", cwd=self.folder, check=2)
        self.assertIn("maru init data/sample --sample", done.stderr)


class Records(Case):
    def test_put_show_history_and_retire(self):
        org = self.organisation("--name", "株式会社見本")
        done = maru("put", "person", "code=E900", "name=山田　花子", "furigana=ヤマダ ハナコ", "employment=正社員", "joined_on=令和８年１１月１日", org=org, check=0)
        self.assertIn("created", done.stdout)
        maru("put", "person", '{"code": "E900", "phone": "03-1234-5678"}', org=org, check=0)
        shown = maru("show", "person", "E900", org=org, lang="ja", check=0).stdout
        self.assertIn("2026-11-01", shown)
        self.assertIn("正社員", shown)
        history = maru("history", "person", "E900", org=org, check=0).stdout
        self.assertIn("version 2", history)
        self.assertIn("03-1234-5678", history)
        self.assertIn("unchanged", maru("put", "person", "code=E900", "phone=03-1234-5678", org=org, check=0).stdout)
        maru("retire", "person", "E900", "--reason", "誤登録", org=org, check=0)
        self.assertIn("no records yet", maru("list", "person", org=org, check=0).stdout)

    def test_a_retired_record_is_found_and_comes_back_as_shown(self):
        org = self.organisation("--name", "株式会社見本")
        maru("put", "person", "code=E1", "name=山田", "employment=employee", "joined_on=2020-04-01", org=org, check=0)
        maru("put", "department", "code=技術 部", "name=技術部", org=org, check=0)
        self.assertIn("no retired records", maru("list", "department", "--retired", org=org, check=0).stdout)
        maru("retire", "department", "技術 部", "--reason", "統合", "--by", "E1", org=org, check=0)
        listed = maru("list", "department", "--retired", org=org, check=0).stdout
        for text in ("技術 部 技術部", "2026-11-23 09:00", "E1 山田", "統合"):
            self.assertIn(text, listed)
        number = re.search(r"#(\d+)", listed)[0]
        for record in ("技術 部", number):
            for command in ("show", "history"):
                shown = maru(command, "department", record, org=org, check=0).stdout
                for text in ("技術部", "retired", "E1 山田", "統合"):
                    self.assertIn(text, shown)
        typed = shlex.split(re.search(r"maru (put department .*)", shown)[1])
        maru(*typed, org=org, check=0)
        self.assertIn("技術部", maru("list", "department", org=org, check=0).stdout)
        self.assertIn("version 3", maru("show", "department", "技術 部", org=org, check=0).stdout)
        self.assertEqual(2, maru("show", "department", "営業部", org=org).returncode)

    def test_people_read_labels_and_programs_codes(self):
        org = self.sample()
        table = maru("list", "person", org=org, lang="ja", check=0).stdout
        self.assertIn("取締役・役員", table)
        self.assertNotIn("director", table)
        for form in ("csv", "tsv", "json"):
            self.assertIn("director", maru("list", "person", "--format", form, org=org, lang="ja", check=0).stdout)

    def test_a_record_in_use_cannot_be_retired(self):
        org = self.sample()
        done = maru("retire", "person", "E003", org=org, check=2)
        self.assertRegex(done.stderr, r"\w+ ")
        self.assertEqual(0, maru("show", "person", "E003", org=org).returncode)

    def test_two_who_change_the_same_version(self):
        org = self.organisation("--name", "株式会社見本")
        maru("put", "department", "code=D1", "name=開発部", org=org, check=0)
        maru("put", "department", "code=D1", "name=開発本部", "--if-version", "1", org=org, check=0)
        done = maru("put", "department", "code=D1", "name=技術部", "--if-version", "1", org=org, check=2)
        self.assertIn("2", done.stderr)
        self.assertIn("開発本部", maru("show", "department", "D1", org=org).stdout)


class Exchange(Case):
    def test_a_csv_that_excel_saved_in_cp932(self):
        org = self.organisation("--name", "株式会社見本")
        file = self.folder / "取引先.csv"
        text = "番号,名称,種別,秘密情報を渡す,個人情報を渡す,担当者,取引開始日\r\nV1,㈱髙橋商店①,委託先,はい,いいえ,E1,令和6年4月1日\r\n"
        file.write_bytes(text.encode("cp932"))
        maru("put", "person", "code=E1", "name=担当", "employment=employee", "joined_on=2020-04-01", org=org, check=0)
        maru("import", "vendor", file, org=org, check=0)
        shown = maru("show", "vendor", "V1", org=org, lang="ja", check=0).stdout
        self.assertIn("㈱髙橋商店①", shown)
        self.assertIn("2024-04-01", shown)
        self.assertIn("1 unchanged", maru("import", "vendor", file, org=org, check=0).stdout)

    def test_one_wrong_row_among_ten_thousand_imports_nothing_and_is_named(self):
        org = self.organisation("--name", "株式会社見本")
        rows = [f"D{n},部署{n}," for n in range(10_000)]
        rows[7_999] = "D7999,部署7999,2026年13月1日"
        file = self.folder / "departments.csv"
        file.write_text("code,name,ended_on\n" + "\n".join(rows) + "\n", encoding="utf-8")
        before = self.root(org)
        done = maru("import", "department", file, org=org, lang="ja", check=2)
        self.assertRegex(done.stdout, r"8001: ended_on.*2026年13月1日")
        self.assertEqual(before, self.root(org))
        rows[7_999] = "D7999,部署7999,"
        file.write_text("code,name,ended_on\n" + "\n".join(rows) + "\n", encoding="utf-8")
        self.assertIn("10000 created", maru("import", "department", file, "--dry-run", org=org, check=0).stdout)
        self.assertEqual(before, self.root(org))
        self.assertIn("10000 created", maru("import", "department", file, org=org, check=0).stdout)

    def test_everything_round_trips(self):
        org = self.sample()
        maru("export", "-o", self.folder / "all", "--headings", "names", org=org, check=0)
        files = sorted((self.folder / "all").glob("*.csv"))
        self.assertGreater(len(files), 60)
        before = self.root(org)
        for file in files:
            done = maru("import", file.stem, file, org=org)
            self.assertEqual(0, done.returncode, done.stdout[:500] + done.stderr)
            self.assertIn(" 0 created, 0 changed", done.stdout, file.stem)
        self.assertEqual(before, self.root(org))

    def test_formulas_are_neutralised_in_csv(self):
        org = self.organisation("--name", "株式会社見本")
        maru("put", "department", "code=D1", 'name==HYPERLINK("http://x")', org=org, check=0)
        file = self.folder / "d.csv"
        maru("export", "department", "-o", file, org=org, check=0)
        self.assertIn("'=HYPERLINK", file.read_text(encoding="utf-8-sig"))
        self.assertIn("1 unchanged", maru("import", "department", file, org=org, check=0).stdout)


class CheckAndTasks(Case):
    def test_check_names_every_row_and_its_exit_code_tells(self):
        org = self.sample()
        done = maru("check", "16", "--explain", org=org, check=0)
        self.assertIn("leavers-keep-no-account", done.stdout)
        self.assertRegex(done.stdout, r"satisfied\s+#\d+")
        maru("put", "pledge", "person=E003", "kind=joining", "asked_on=2020-01-01", "outcome=pending", org=org)
        leaver = next(r for r in json.loads(maru("list", "person", "--format", "json", org=org).stdout) if r["last_working_day"] and r["last_working_day"] < "2026-11-01")
        account = next(r for r in json.loads(maru("list", "account", "--format", "json", org=org).stdout) if r["person"] == leaver["code"])
        maru("put", "account", "service=" + account["service"], "account_name=" + account["account_name"], "disabled_on=", org=org, check=0)
        done = maru("check", "16", org=org, check=1)
        self.assertIn(leaver["name"], done.stdout)
        tasks = maru("tasks", org=org, check=0).stdout
        self.assertIn(leaver["name"], tasks)

    def test_tasks_for_one_person_until_a_day(self):
        org = self.sample()
        done = maru("tasks", "--for", "E003", "--until", "2027-06-30", org=org, lang="ja", check=0)
        self.assertIn("件、見込み", done.stdout)

    def test_an_exception_needs_another_person_and_ends(self):
        org = self.sample()
        maru("put", "network", "code=N-X", "name=試験回線", "kind=cloud", "owner=E004", org=org, check=0)
        before = self.marks(org)[40]
        self.assertEqual("△", before)
        done = maru("exception", "ask", "networks-behind-firewall", "N-X", "--reason", "撤去予定", "--measure", "電源断", "--until", "2026-12-31",
                    "--asked-by", "E004", org=org, check=0)
        code = re.search(r"EX-\d+", done.stdout)[0]
        self.assertEqual("△", self.marks(org)[40])
        maru("exception", "approve", code, "--by", "E004", org=org, check=2)
        maru("exception", "approve", code, "--by", "E001", org=org, check=0)
        self.assertEqual("○", self.marks(org)[40])
        before = self.root(org)
        again = maru("exception", "approve", code, "--by", "E002", org=org, check=2).stderr
        for part in ("E001", "2026-11-23", "佐藤"):
            self.assertIn(part, again)
        self.assertEqual(before, self.root(org))
        item = self.sheet(org)["items"][39]
        self.assertEqual(1, item["counts"]["exempt"])
        self.assertEqual("△", self.marks(org, "--on", "2027-01-01")[40])

    def test_an_exception_lasts_a_year_at_most_by_any_way_in(self):
        org = self.sample()
        words = ("put", "exception", "code=EX-9", "check_name=networks-behind-firewall", "subject_record=1", "reason=撤去予定",
                 "compensating_measure=電源断", "owner=E004", "asked_by=E004", "asked_on=2026-11-23", "valid_from=2026-11-23")
        refused = maru(*words, "valid_until=2027-11-24", org=org, lang="ja", check=2).stderr
        self.assertIn("最長1年", refused)
        maru(*words, "valid_until=2027-11-23", org=org, check=0)

    def test_remark_lint_finds_the_seeds_repeated_sentences(self):
        done = maru("claims", "lint", org=self.sample())
        self.assertRegex(done.stdout, r"18 .*26, 41")


class Catalog(Case):
    def test_lint_proves_the_catalog(self):
        done = maru("catalog", "lint", check=0)
        self.assertRegex(done.stdout, r"\d+ registers, \d+ checks, 0 problems")

    def test_shows_registers_checks_and_sheets(self):
        self.assertIn("情報資産管理台帳", maru("catalog", "registers", lang="ja", check=0).stdout)
        self.assertIn("natural key: code", maru("catalog", "registers", "person", check=0).stdout)
        self.assertIn("select", maru("catalog", "checks", "workers-bound", check=0).stdout)
        self.assertIn("asked:", maru("catalog", "sheets", "ipa-52", check=0).stdout)

    def test_shows_an_item_in_full(self):
        item = maru("catalog", "sheets", "ipa-52", "16", lang="ja", check=0).stdout
        for text in ("従業員の退職や異動に応じて", "[設問]", "leavers-keep-no-account", "退職者のアカウントが残っていない", "（account）"):
            self.assertIn(text, item)
        self.assertNotIn("設問]", maru("catalog", "sheets", "ipa-52", lang="ja", check=0).stdout)
        self.assertIn("office", maru("catalog", "sheets", "ipa-52", "20", check=0).stdout)
        self.assertIn("ipa-52", maru("catalog", "sheets", "ipa-52", "99", check=2).stderr)

    def test_derived_reads_are_current(self):
        import shutil

        catalog = self.folder / "catalog"
        shutil.copytree(ROOT / "catalog", catalog)
        maru("--catalog", catalog, "catalog", "lint", "lists-fresh", "--write", check=0)
        self.assertEqual((ROOT / "catalog/derived/reads.tsv").read_bytes(), (catalog / "derived/reads.tsv").read_bytes(),
                         "run: maru catalog lint --write")


if __name__ == "__main__":
    import unittest

    unittest.main()
