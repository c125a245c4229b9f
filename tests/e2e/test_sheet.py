"""The main job: the sheet, earned from the registers."""
import zipfile

from support import CLOCK, ROOT, TODAY, Case, maru, offences

SEED = (ROOT / "tests/data/check-sheet.tsv").read_bytes()


class Sample(Case):
    def test_earns_all_52_with_numbers_and_next_flips(self):
        sheet = self.sheet(self.sample())
        self.assertEqual(52, len(sheet["items"]))
        for item in sheet["items"]:
            self.assertEqual("○", item["symbol"], (item["number"], offences(item)))
            self.assertNotEqual("not_earned", item["remark"], (item["number"], offences(item)))
            self.assertTrue(item["claim"]["stands"])
            self.assertGreater(item["counts"]["satisfied"], 0)
            self.assertIsNotNone(item["next_flip"], item["number"])

    def test_footer_counts_only_remarks_that_claim_something(self):
        org = self.sample()
        claiming = [item for item in self.sheet(org)["items"] if item["remark"] != "nothing_claimed"]
        self.assertLess(len(claiming), 52)
        table = maru("sheet", org=org, check=0).stdout
        self.assertIn(f"remarks earned {len(claiming)}/{len(claiming)} ", table)

    def test_an_aged_sample_says_so_to_people_only(self):
        org = self.sample()
        self.assertNotIn("maru init", maru("sheet", org=org, check=0).stdout)
        later = "2026-11-30T09:00:00+09:00"
        why, command = maru("sheet", org=org, clock=later, check=0).stdout.splitlines()[-2:]
        self.assertIn("2026-11-23", why)
        self.assertIn(f"maru init {org} --sample", command)
        for words in (["--format", "tsv"], ["--format", "json"], ["--format", "csv"], ["--layout", "published"]):
            self.assertNotIn("maru init", maru("sheet", *words, org=org, clock=later, check=0).stdout)
        other = self.folder / "other"
        maru("init", other, "--name", "株式会社見本", check=0)
        self.assertNotIn("maru init", maru("sheet", org=other, clock=later, check=0).stdout)

    def test_earns_them_on_whatever_day_it_is_loaded(self):
        for number, day in enumerate(["2026-12-31", "2027-01-04", "2027-03-31", "2027-04-01", "2027-05-06", "2028-02-29", "2027-08-15"]):
            clock = day + "T10:00:00+09:00"
            org = self.folder / str(number)
            maru("init", org, "--sample", clock=clock, check=0)
            self.assertAllFull(org, clock=clock)

    def test_published_layout_is_the_seed_byte_for_byte(self):
        org = self.sample()
        done = maru("sheet", "--layout", "published", "--format", "tsv", org=org, check=0, binary=True)
        self.assertEqual(SEED, done.stdout)

    def test_the_sample_has_lived_for_a_year_and_publishes_the_same(self):
        org = self.organisation("--sample")
        full = {}
        for day in ("2025-12-01", "2026-06-01", "2026-10-01", TODAY):
            sheet = self.sheet(org, "--on", day, "--known-at", day)
            full[sheet["entries"]] = sum(item["symbol"] == "○" for item in sheet["items"])
        self.assertEqual(sorted(full), list(full))  # more is known every time …
        self.assertEqual(sorted(set(full.values())), list(full.values()))  # … and more is ○
        done = maru("sheet", "--layout", "published", "--format", "tsv", org=org, check=0, binary=True)
        self.assertEqual(SEED, done.stdout)
        maru("ledger", "verify", org=org, check=0)

    def test_claims_import_finds_rows_by_their_text(self):
        org = self.organisation("--name", "株式会社見本")
        maru("claims", "import", ROOT / "tests/data/check-sheet.tsv", org=org, check=0)
        done = maru("sheet", "--layout", "published", "--format", "tsv", org=org, check=0, binary=True)
        self.assertEqual(SEED, done.stdout)
        self.assertTrue(all(not item["claim"]["stands"] for item in self.sheet(org)["items"]))

    def test_my_number_rows_are_optional(self):
        items = self.sheet(self.sample(), "--all")["items"]
        self.assertEqual([53, 54, 55], [item["number"] for item in items[52:]])
        self.assertEqual([], [offences(item) for item in items[52:] if item["symbol"] != "○"])

    def test_same_input_same_bytes_in_every_format(self):
        org = self.sample()
        for form in ("table", "tsv", "csv", "json", "xlsx"):
            one, two = self.folder / f"1.{form}", self.folder / f"2.{form}"
            maru("sheet", "--format", form, "-o", one, org=org, check=0)
            maru("sheet", "--format", form, "-o", two, org=org, check=0)
            self.assertEqual(one.read_bytes(), two.read_bytes(), form)

    def test_xlsx_has_merged_areas_print_set_up_and_a_second_sheet(self):
        file = self.folder / "sheet.xlsx"
        maru("sheet", "--format", "xlsx", "-o", file, org=self.sample(), lang="ja", check=0)
        with zipfile.ZipFile(file) as book:
            first = book.read("xl/worksheets/sheet1.xml").decode()
            workbook = book.read("xl/workbook.xml").decode()
        self.assertIn("<mergeCell ", first)
        self.assertIn('orientation="landscape"', first)
        self.assertIn("判定と理由", workbook)
        self.assertIn("Print_Titles", workbook)


class NewOrganisation(Case):
    def test_earns_nothing(self):
        marks = self.marks(self.organisation())
        self.assertEqual({"?", "×"}, set(marks.values()) | {"?", "×"})
        self.assertEqual(52, len(marks))

    def test_named_one_earns_nothing_either(self):
        marks = self.marks(self.organisation("--name", "株式会社見本"))
        self.assertEqual([], [n for n, mark in marks.items() if mark not in "?×"])


class Time(Case):
    def test_a_year_ahead_shows_what_will_have_expired(self):
        org = self.sample()
        later = self.sheet(org, "--on", "2027-11-23")
        fallen = [item for item in later["items"] if item["symbol"] != "○"]
        self.assertGreater(len(fallen), 30)
        reasons = [o for item in fallen for check in item["checks"] for o in check["offenders"]]
        self.assertTrue(any(o["state"] == "expired" and o["valid_until"] < "2027-11-23" for o in reasons))

    def test_the_next_flip_comes_true(self):
        org = self.sample()
        for item in self.sheet(org)["items"][:52:7]:
            day = item["next_flip"]["day"]
            then = {i["number"]: i for i in self.sheet(org, "--on", day)["items"]}[item["number"]]
            self.assertEqual(item["next_flip"]["verdict"], then["verdict"], (item["number"], day))
            self.assertEqual(item["next_flip"]["counts"], then["counts"], (item["number"], day))

    def test_known_at_gives_the_bytes_that_it_gave_then(self):
        org = self.sample()
        before = maru("sheet", "--format", "json", org=org, check=0).stdout
        entries, _ = self.root(org)
        maru("put", "device", "code=PC-NEW", "name=新しいMac", "kind=laptop", "platform=macos", "ownership=owned", "state=in_use",
             "owner=E003", "in_use_from=2026-11-20", org=org, check=0)
        maru("put", "person", "code=E001", "last_working_day=2026-11-01", org=org, check=0)
        self.assertNotEqual(before, maru("sheet", "--format", "json", org=org, check=0).stdout)
        self.assertEqual(before, maru("sheet", "--format", "json", "--known-at", entries, org=org, check=0).stdout)

    def test_a_stale_account_list_makes_the_rows_over_it_unknown(self):
        org = self.sample()
        sheet = self.sheet(org, "--on", "2027-01-05")
        item = {i["number"]: i for i in sheet["items"]}[16]
        leavers = next(c for c in item["checks"] if c["check"] == "leavers-keep-no-account")
        self.assertGreater(leavers["counts"]["unknown"], 0)
        self.assertEqual(0, leavers["counts"]["satisfied"])
        unknown = next(o for o in leavers["offenders"] if o["state"] == "unknown")
        self.assertIn("last confirmed on", unknown["sentence"]["en"])
        tasks = maru("tasks", "--on", "2027-01-05", org=org, check=0).stdout.splitlines()
        self.assertEqual(1, len([line for line in tasks if "Import the list \"Slack" in line]), "one task a list")


class Ahead(Case):
    """What lies ahead earns nothing today."""

    def test_appointments_count_from_their_day_and_keep_those_before(self):
        org = self.organisation("--name", "株式会社見本")
        for code in ("E001", "E002", "E003"):
            maru("put", "person", f"code={code}", "name=山田", "employment=employee", "joined_on=2020-04-01", org=org, check=0)
        roles = ("top_management", "executive_in_charge", "security_manager", "security_office", "auditor")
        for role in roles:
            person = "E003" if role == "auditor" else "E001"
            maru("put", "appointment", f"role={role}", f"person={person}", "deputy=E002", "from_day=2099-04-01", org=org, check=0)
        self.assertEqual("×", self.marks(org)[3])
        self.assertEqual("○", self.marks(org, "--on", "2099-04-01")[3])
        for role in roles:
            maru("put", "appointment", f"role={role}", "person=E002", "deputy=E001", "from_day=2026-04-01", org=org, check=0)
        item = {i["number"]: i for i in self.sheet(org)["items"]}[3]
        self.assertEqual("△", item["symbol"])
        self.assertIn("audit his own work", str(offences(item)))
        maru("put", "appointment", "role=auditor", "person=E001", "deputy=E003", "from_day=2026-04-01", org=org, check=0)
        self.assertEqual("○", self.marks(org)[3])

    def test_something_done_cannot_be_dated_ahead(self):
        org = self.organisation("--name", "株式会社見本")
        maru("put", "person", "code=E001", "name=山田", "employment=employee", "joined_on=2020-04-01", org=org, check=0)
        before = self.root(org)
        words = ("put", "budget", "starts_on=2026-04-01", "amount=1000000", "approved_by=E001", "approved_on=2099-04-01")
        done = maru(*words, org=org, lang="ja", check=2)
        for part in ("承認日", "2099-04-01", "2026-11-23", "済んだ日"):
            self.assertIn(part, done.stderr)
        file = self.folder / "budgets.csv"
        file.write_text("starts_on,amount,approved_by,approved_on\n2026-04-01,1000000,E001,2026-11-24\n", encoding="utf-8")
        self.assertIn("2026-11-24", maru("import", "budget", file, org=org, check=2).stdout)
        self.assertEqual(before, self.root(org))
        maru("import", "budget", file, org=org, clock="2026-11-24T00:01:00+09:00", check=0)

    def test_before_the_start_nothing_is_known(self):
        org = self.sample()
        for item in self.sheet(org, "--on", "2019-05-01", "--all")["items"]:
            self.assertEqual("?", item["symbol"], item["number"])
        text = maru("sheet", "--on", "2019-05-01", org=org, lang="ja", check=0).stdout
        self.assertIn("運用開始より前のことは分かりません", text)


class Variants(Case):
    def with_overlay(self, name):
        return self.organisation("--sample", "--with", ROOT / "tests/data/organisations" / name)

    def test_a_leaver_who_refused_to_sign_was_asked(self):
        self.assertAllFull(self.with_overlay("leaver-refused"))

    def test_a_person_on_leave_costs_nothing(self):
        self.assertAllFull(self.with_overlay("on-leave"))

    def test_a_closure_of_nine_days_costs_nothing(self):
        self.assertAllFull(self.with_overlay("closure"))

    def test_a_remote_only_company_earns_not_applicable_until_a_record_contradicts_it(self):
        org = self.organisation("--with", ROOT / "tests/data/organisations/remote-only")
        marks = self.marks(org)
        for number in (20, 21, 22, 44, 45, 48):
            self.assertEqual("－", marks[number], number)
        maru("put", "zone", "code=Z1", "name=新オフィス", "kind=office", "site=東京", "bans_personal_devices=false",
             "owner=" + self.first_person(org), "opened_on=2026-11-01", org=org, check=0)
        after = self.sheet(org)
        for item in after["items"]:
            if item["number"] in (20, 21, 22):
                self.assertNotEqual("－", item["symbol"], item["number"])
        self.assertIn("新オフィス", str(after))

    def first_person(self, org):
        import json

        return json.loads(maru("list", "person", "--format", "json", org=org, check=0).stdout)[0]["code"]


if __name__ == "__main__":
    import unittest

    unittest.main()
