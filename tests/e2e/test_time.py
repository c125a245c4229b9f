"""The past and what is to come: diff, forecast and window must say what sheet and check say of each of those days."""
import csv
import datetime
import io
import json
import os
import pathlib
import re
import shutil
import tempfile

from support import ROOT, Case, maru

try:
    import icalendar
except ImportError:  # Debian's package belongs to Debian's Python
    import sys

    sys.path.append("/usr/lib/python3/dist-packages")
    import icalendar

DAYS = ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"]
FULL, BROKEN, QUIET, MENDED, TODAY = DAYS
TRAINING = "E001 / C-YEARLY / 2026-07-15"


def at(day, hour="10:00:00"):
    return f"{day}T{hour}+09:00"


def plus(day, days):
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days)).isoformat()


def days_between(first, last):
    return [plus(first, i) for i in range((datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days + 1)]


def entry_of(done):
    return int(re.search(r"entry (\d+)", done.stdout).group(1))


class Organisation:
    """The sample on a Monday; on Tuesday somebody breaks two items, on Wednesday nobody does anything, on Thursday somebody mends them."""

    def __init__(self):
        self._home = tempfile.TemporaryDirectory(prefix="maru-e2e-")
        self.folder = pathlib.Path(self._home.name) / "organisation"
        os.environ["MARU_ANCHORS"] = self._home.name + "/anchors"
        maru("init", self.folder, "--sample", "--no-past", clock=at(FULL), check=0)

        def on(day, *words, by):
            return entry_of(maru(*words, "--by", by, org=self.folder, clock=at(day), check=0))

        self.network = on(BROKEN, "put", "network", "code=NW-X", "name=試験回線", "kind=cloud", "owner=E004", by="E003")
        self.retired = on(BROKEN, "retire", "training", TRAINING, "--reason", "受講者を取り違えた", by="E003")
        self.firewall = on(MENDED, "put", "network", "code=NW-X", "firewall_service=S-AWS", "firewall_confirmed_on=" + MENDED, by="E004")
        self.trained = on(MENDED, "put", "training", "person=E001", "course=C-YEARLY", "done_on=2026-07-15", "passed=true", "score=95", by="E004")
        self.known = {}

    def answer(self, words):
        """What maru prints of it as JSON; asked once, for nobody changes it any more."""
        if words not in self.known:
            done = maru(*words, "--format", "json", org=self.folder, clock=at(TODAY))
            if done.returncode not in (0, 1):
                raise AssertionError(f"{words}: exit {done.returncode}\n{done.stderr[-2000:]}")
            self.known[words] = done.stdout
        return json.loads(self.known[words])


class Lived(Case):
    """All cases ask one organisation, which they leave as it is."""

    _made = None

    @classmethod
    def setUpClass(cls):
        if Lived._made is None:
            Lived._made = Organisation()
        made = Lived._made
        cls.org, cls.network, cls.retired, cls.firewall, cls.trained = made.folder, made.network, made.retired, made.firewall, made.trained

    def run_maru(self, *words, check=0, **options):
        return maru(*words, org=self.org, clock=at(TODAY), check=check, **options)

    def read(self, *words):
        return self._made.answer(tuple(str(word) for word in words))

    def sheet_then(self, day):
        """What was known at the end of the day, judged on it."""
        return {item["number"]: item for item in self.read("sheet", "--on", day, "--known-at", day)["items"]}

    def copy(self):
        shutil.copytree(self.org, self.folder / "copy")
        return self.folder / "copy"

    def catalog_that_fails_over(self, network):
        catalog = self.folder / "catalog"
        shutil.copytree(ROOT / "catalog", catalog)
        file = catalog / "checks/networks-behind-firewall.toml"
        text = file.read_text(encoding="utf-8")
        broken = text.replace("end as valid_until", f"when n.code = '{network}' then '2026-02-30' end as valid_until")
        self.assertNotEqual(text, broken)
        file.write_text(broken, encoding="utf-8")
        return catalog

    def refused(self, *words, names):
        done = self.run_maru(*words, check=2)
        for name in names:
            self.assertIn(name, done.stderr)
        self.assertEqual("", done.stdout)


def verdict(item):
    return {key: item[key] for key in ("verdict", "remark", "counts")}


class Diff(Lived):
    def check_of(self, diff, name):
        return next(check for check in diff["checks"] if check["check"] == name)

    def test_items_are_those_that_differ_between_the_sheets_of_the_days(self):
        sheets = {day: self.sheet_then(day) for day in DAYS}
        for i, first in enumerate(DAYS):
            for last in DAYS[i:]:
                expected = {n: (verdict(old), verdict(sheets[last][n])) for n, old in sheets[first].items() if verdict(old) != verdict(sheets[last][n])}
                diff = self.read("diff", "--from", first, "--to", last)
                self.assertEqual(expected, {item["number"]: (item["before"], item["after"]) for item in diff["items"]}, (first, last))

    def test_a_row_that_came_names_the_entry_that_made_it(self):
        diff = self.read("diff", "--from", FULL, "--to", BROKEN)
        check = self.check_of(diff, "networks-behind-firewall")
        self.assertEqual((1, 0, 0, [40]), (check["came"], check["went"], check["changed"], check["items"]))
        (row,) = check["rows"]
        self.assertIsNone(row["before"])
        self.assertEqual(("試験回線", "田中 亮", "missing"), (row["label"], row["owner"], row["after"]["state"]))
        cause = row["cause"]
        self.assertEqual((self.network, "put", "鈴木 美咲", "network"), (cause["entry"], cause["kind"], cause["actor"], cause["register"]))
        self.assertEqual("2026-11-24T01:00:00.000Z", cause["at"])
        self.assertEqual({"code": "NW-X", "name": "試験回線", "kind": "Cloud", "owner": "田中 亮"}, {f["name"]: f["after"]["en"] for f in cause["fields"]})

    def test_a_retirement_tells_who_and_why(self):
        check = self.check_of(self.read("diff", "--from", FULL, "--to", BROKEN), "yearly-training")
        (row,) = check["rows"]
        self.assertEqual(("佐藤 健一", "satisfied", "expired"), (row["label"], row["before"]["state"], row["after"]["state"]))
        cause = row["cause"]
        self.assertEqual((self.retired, "retire", "鈴木 美咲", "受講者を取り違えた"), (cause["entry"], cause["kind"], cause["actor"], cause["reason"]))
        table = self.run_maru("diff", "--from", FULL, "--to", BROKEN).stdout
        self.assertIn(f"@{self.retired}  2026-11-24 10:00  鈴木 美咲", table)
        self.assertIn("retired: 受講者を取り違えた", table)

    def test_what_mended_it_is_named_with_the_values_before_and_after(self):
        diff = self.read("diff", "--from", BROKEN, "--to", MENDED)
        row = self.check_of(diff, "networks-behind-firewall")["rows"][0]
        self.assertEqual(("missing", "satisfied"), (row["before"]["state"], row["after"]["state"]))
        self.assertEqual((self.firewall, "田中 亮"), (row["cause"]["entry"], row["cause"]["actor"]))
        changes = {field["name"]: (field["before"]["ja"], field["after"]["ja"]) for field in row["cause"]["fields"]}
        self.assertEqual({"firewall_service": ("", "Amazon Web Services"), "firewall_confirmed_on": ("", MENDED)}, changes)
        self.assertEqual(self.trained, self.check_of(diff, "yearly-training")["rows"][0]["cause"]["entry"])

    def test_what_only_time_changed_has_no_entry(self):
        diff = self.read("diff", "--from", BROKEN, "--to", QUIET, "--all", "--rows", "1000")
        self.assertEqual(diff["from"]["entries"], diff["to"]["entries"])
        logs = self.check_of(diff, "log-sources-alive")
        self.assertEqual(36, logs["changed"])
        self.assertEqual(36, len(logs["rows"]))
        for check in diff["checks"]:
            self.assertEqual([None], sorted({row["cause"] for row in check["rows"]}, key=str), check["check"])
        self.assertIn("by passing of time", self.run_maru("diff", "--from", BROKEN, "--to", QUIET).stdout)

    def test_a_row_that_goes_is_told_as_gone(self):
        check = self.check_of(self.read("diff", "21", "--from", FULL, "--to", BROKEN), "closings-recorded")
        self.assertEqual((0, 1, 0), (check["came"], check["went"], check["changed"]))
        self.assertIsNone(check["rows"][0]["after"])
        self.assertEqual("satisfied", check["rows"][0]["before"]["state"])

    def test_indexes_split_a_day(self):
        between = self.network + 1  # entries known when the network was there and the training not yet retired
        first = self.read("diff", "--from", f"@{self.network}", "--to", f"@{between}")
        self.assertEqual({40}, {item["number"] for item in first["items"] if item["before"]["verdict"] != item["after"]["verdict"]})
        second = self.read("diff", "--from", f"@{between}", "--to", f"@{between + 1}")
        self.assertEqual([7], [item["number"] for item in second["items"]])
        for diff in (first, second):
            for side in ("from", "to"):
                known, day = diff[side]["entries"], diff[side]["day"]
                sheet = {item["number"]: item for item in self.sheet(self.org, "--known-at", known, "--on", day, clock=at(TODAY))["items"]}
                for item in diff["items"]:
                    self.assertEqual(verdict(sheet[item["number"]]), item["before" if side == "from" else "after"], (side, item["number"]))

    def test_nothing_changed_says_so(self):
        self.assertIn("No verdict and no number changed.", self.run_maru("diff", "--from", QUIET, "--to", QUIET).stdout)
        self.assertIn("判定も件数も変わっていません。", self.run_maru("diff", "--from", QUIET, "--to", QUIET, lang="ja").stdout)
        diff = self.read("diff", "--from", QUIET, "--to", QUIET)
        self.assertEqual(([], []), (diff["items"], diff["checks"]))

    def test_lines_for_spreadsheets_hold_the_same_items_and_rows(self):
        words = ("diff", "--from", FULL, "--to", MENDED, "--rows", "1000")
        diff = self.read(*words)
        rows = [("row", row["label"], str(row["cause"]["entry"]) if row["cause"] else "") for check in diff["checks"] for row in check["rows"]]
        items = [("item", "", "") for _ in diff["items"]]
        for form, separator in (("tsv", "\t"), ("csv", ",")):
            lines = list(csv.DictReader(io.StringIO(self.run_maru(*words, "--format", form).stdout), delimiter=separator))
            self.assertEqual(items + rows, [(line["Kind"], line["Record"], line["Entry"]) for line in lines])
            self.assertEqual([str(item["number"]) for item in diff["items"]], [line["Items"] for line in lines if line["Kind"] == "item"])

    def test_a_check_that_fails_on_one_side_says_so(self):
        words = ("--catalog", self.catalog_that_fails_over("NW-X"), "diff", "--from", FULL, "--to", BROKEN)
        check = self.check_of(self.read(*words), "networks-behind-firewall")
        self.assertIn("2026-02-30", check["error_after"]["en"])
        self.assertNotIn("error_before", check)
        self.assertEqual([], check["rows"])
        table = self.run_maru(*words).stdout
        self.assertIn("could not be run on 2026-11-24", table)
        self.assertIn("2026-02-30", table)
        self.assertIn("2026-02-30", next(line for line in self.run_maru(*words, "--format", "tsv").stdout.splitlines() if line.startswith("error\t40\t")))

    def test_both_days_may_be_judged_by_what_is_known_now(self):
        diff = self.read("diff", "--from", FULL, "--to", BROKEN, "--known-at", TODAY)
        self.assertEqual([diff["to"]["entries"]] * 2, [diff[side]["entries"] for side in ("from", "to")])
        self.assertNotIn(7, [item["number"] for item in diff["items"]])  # the training is known to have been there all the time
        for side, day in (("before", FULL), ("after", BROKEN)):
            sheet = {item["number"]: item for item in self.read("sheet", "--on", day, "--known-at", TODAY)["items"]}
            for item in diff["items"]:
                self.assertEqual(verdict(sheet[item["number"]]), item[side], (side, item["number"]))
        self.refused("diff", "--from", "@1", "--to", BROKEN, "--known-at", TODAY, names=["--known-at", "days"])

    def test_impossible_ends_are_refused_with_a_way_out(self):
        self.refused("diff", "--from", MENDED, "--to", FULL, names=["--from", "swap"])
        self.refused("diff", "--from", f"@{self.retired}", "--to", f"@{self.network}", names=["--from", "swap"])
        self.refused("diff", "--from", "2026-11-22", names=["--from", "2026-11-23 10:00", "or a later one"])
        self.refused("diff", "--from", FULL, "--to", "2026-12-01", names=["--to", TODAY, "maru forecast"])
        self.refused("diff", "--from", "@999999", names=["--from", "give 0 to"])
        self.refused("diff", "--from", "昨日", names=["--from"])
        self.refused("diff", "99", "--from", FULL, names=["99", "maru catalog sheets ipa-52"])
        self.refused("diff", names=["--from"])


class Forecast(Lived):
    UNTIL = "2026-12-09"

    def forecast(self, *words):
        return self.read("forecast", "--on", FULL, "--known-at", self.network, "--until", self.UNTIL, *words)

    def sheets(self):
        """The full answers of check, day by day, from what the forecast knew."""
        out = {}
        for day in days_between(FULL, self.UNTIL):
            out[day] = self.read("check", "--on", day, "--known-at", self.network)["items"]
        return out

    @staticmethod
    def offenders(items):
        out = {}
        for item in items:
            for check in item["checks"]:
                if check["level"] != "extra":
                    for row in check["offenders"]:
                        out[check["check"], row["subject"]] = row
        return out

    def test_what_falls_is_what_check_says_on_the_day_and_not_the_day_before(self):
        forecast, sheets = self.forecast(), self.sheets()
        told = {}
        for fall in forecast["falls"]:
            key = (fall["on"], fall["check"], fall["state"])
            told.setdefault(key, [0, set()])
            told[key][0] += fall["count"]
            if fall["state"] != "unknown":
                told[key][1] |= {row["subject"] for row in fall["rows"]}
        expected = {}
        ever = set(self.offenders(sheets[FULL]))
        for day in days_between(plus(FULL, 1), self.UNTIL):
            now = self.offenders(sheets[day])
            for (check, subject), row in now.items():
                if (check, subject) not in ever:
                    group = expected.setdefault((day, check, row["state"]), [0, set()])
                    group[0] += 1
                    if row["state"] != "unknown":
                        group[1].add(subject)
            ever |= set(now)
        self.assertGreater(len(expected), 10)
        self.assertIn("expired", {state for _, _, state in expected})
        self.assertIn("unknown", {state for _, _, state in expected})
        self.assertEqual(expected, told)

    def test_items_lose_their_mark_on_the_day_that_is_told(self):
        forecast, sheets = self.forecast(), self.sheets()
        verdicts = {day: {item["number"]: item["verdict"] for item in items} for day, items in sheets.items()}
        expected = []
        for day in days_between(plus(FULL, 1), self.UNTIL):
            for number, now in verdicts[day].items():
                if verdicts[plus(day, -1)][number] == "full" and now != "full":
                    expected.append((day, number, now))
        self.assertGreater(len(expected), 3)
        self.assertEqual(sorted(expected), [(item["on"], item["number"], item["verdict"]) for item in forecast["items"]])
        losing = {(fall["on"], number) for fall in forecast["falls"] for number in fall["losing"]}
        self.assertEqual({(day, number) for day, number, _ in expected}, losing)

    def test_the_day_to_act_is_a_business_day_before_the_fall(self):
        for fall in self.forecast()["falls"]:
            self.assertLessEqual(fall["act_by"], fall["deadline"])
            self.assertLess(fall["deadline"], fall["on"])
            self.assertLessEqual(FULL, fall["act_by"])
            if fall["act_by"] != FULL:
                self.assertLess(datetime.date.fromisoformat(fall["act_by"]).weekday(), 5)

    def test_lines_for_spreadsheets_hold_the_same_rows(self):
        expected = [(fall["on"], fall["act_by"], fall["owner"], row["label"]) for fall in self.forecast()["falls"] for row in fall["rows"]]
        for form, separator in (("csv", ","), ("tsv", "\t")):
            text = self.run_maru("forecast", "--on", FULL, "--known-at", self.network, "--until", self.UNTIL, "--format", form).stdout
            lines = csv.DictReader(io.StringIO(text), delimiter=separator)
            self.assertEqual(expected, [(line["Falls on"], line["Act by"], line["Owner"], line["Record"]) for line in lines])

    def calendar(self, *words, lang="en"):
        done = self.run_maru("forecast", "--on", FULL, "--known-at", self.network, "--until", self.UNTIL, "--format", "ics", *words, lang=lang, binary=True)
        for line in done.stdout.split(b"\r\n"):
            self.assertLessEqual(len(line), 75)  # RFC 5545 section 3.1
            self.assertNotIn(b"\n", line)
        return icalendar.Calendar.from_ical(done.stdout.decode("utf-8")).walk("VEVENT")

    def test_the_calendar_file_has_one_whole_day_per_fall_on_the_day_to_act(self):
        falls = self.forecast()["falls"]
        for lang in ("en", "ja"):
            events = self.calendar(lang=lang)
            self.assertEqual([fall["act_by"] for fall in falls], [event.decoded("dtstart").isoformat() for event in events])
            self.assertEqual([plus(fall["act_by"], 1) for fall in falls], [event.decoded("dtend").isoformat() for event in events])
            for fall, event in zip(falls, events):
                self.assertIn(fall["title"][lang], str(event["summary"]))
                self.assertIn(fall["on"], str(event["description"]))
                self.assertIn(fall["owner"], str(event["description"]))
                if fall["state"] != "unknown":
                    for row in fall["rows"][:20]:
                        self.assertIn(row["label"], str(event["description"]))

    def test_an_event_keeps_its_name_in_the_next_file(self):
        names = [str(event["uid"]) for event in self.calendar()]
        self.assertEqual(len(names), len(set(names)))
        self.assertEqual(names, [str(event["uid"]) for event in self.calendar(lang="ja")])

    def test_it_says_again_what_it_said_then(self):
        done = maru("forecast", "--until", self.UNTIL, "--format", "json", "--known-at", self.network, org=self.org, clock=at(FULL, "23:00:00"), check=0)
        self.assertEqual(json.loads(done.stdout), self.forecast())

    def test_of_one_person_only_theirs(self):
        everything, theirs = self.forecast()["falls"], self.forecast("--for", "E004")["falls"]
        self.assertEqual([fall for fall in everything if fall["owner"] == "田中 亮"], theirs)
        self.assertGreater(len(theirs), 0)

    def test_the_table_lists_by_day_owner_and_item(self):
        words = ("forecast", "--on", FULL, "--known-at", self.network, "--until", self.UNTIL)
        losing = {item["number"] for item in self.forecast()["items"]}
        for by in ("day", "owner", "item"):
            table = self.run_maru(*words, "--by", by).stdout
            self.assertIn(f"Of 52 items that are ○ today, {len(losing)} lose it.", table)
            self.assertIn("Log sources are alive", table)
        self.assertIn("2026年12月", self.run_maru(*words, lang="ja").stdout)

    def test_counts_of_one_are_told_as_one(self):
        tables = [self.run_maru("forecast", "--on", FULL, "--known-at", self.network, "--until", "2027-06-30", "--by", by).stdout for by in ("day", "owner")]
        for table in tables:
            self.assertNotRegex(table, r"(?<!\d)1 (rows|items)\b")

    def test_a_check_that_fails_is_named(self):
        words = ("--catalog", self.catalog_that_fails_over("NW-X"), "forecast", "--on", BROKEN, "--known-at", BROKEN)
        done = self.run_maru(*words, "--format", "json")
        self.assertEqual(["networks-behind-firewall"], [each["check"] for each in json.loads(done.stdout)["failed"]])
        self.assertEqual(1, done.stderr.count("2026-02-30"), done.stderr)

    def test_nothing_falls_says_so(self):
        org = self.folder / "new"
        maru("init", org, "--name", "株式会社見本", clock=at(TODAY), check=0)
        table = maru("forecast", "--until", plus(TODAY, 1), org=org, clock=at(TODAY), check=0).stdout
        self.assertIn("Nothing falls in this period.", table)
        self.assertEqual([], json.loads(maru("forecast", "--until", plus(TODAY, 1), "--format", "json", org=org, clock=at(TODAY), check=0).stdout)["falls"])

    def test_impossible_days_and_people_are_refused_with_a_way_out(self):
        for until in (TODAY, FULL, "2030-01-01"):
            self.refused("forecast", "--until", until, names=["--until", plus(TODAY, 1)])
        self.refused("forecast", "--for", "E999", names=["E999"])
        self.refused("forecast", "--known-at", "2026-11-22", names=["--known-at", "or a later one"])


class Window(Lived):
    def test_shares_and_gaps_are_those_of_judging_every_day(self):
        sheets = {day: self.sheet_then(day) for day in DAYS}
        for item in self.read("window", "--from", FULL, "--to", TODAY)["items"]:
            marks = [sheets[day][item["number"]]["verdict"] for day in DAYS]
            full, skipped = marks.count("full"), marks.count("not_applicable")
            told = (item["full"], item["not_applicable"], item["not_full"], item["unrecorded"], item["of"])
            self.assertEqual((full, skipped, len(DAYS) - full - skipped, 0, len(DAYS) - skipped), told, item["number"])
            in_gaps = [day for gap in item["gaps"] for day in days_between(gap["from"], gap["until"])]
            self.assertEqual([day for day, mark in zip(DAYS, marks) if mark not in ("full", "not_applicable")], in_gaps, item["number"])
            for gap in item["gaps"]:
                self.assertEqual(gap["until"] == TODAY, gap["open"])
                for each in gap["verdicts"]:
                    then = sheets[each["from"]][item["number"]]
                    self.assertEqual((then["verdict"], then["counts"]), (each["verdict"], each["counts"]))

    def test_what_is_recorded_later_proves_nothing_of_the_days_before(self):
        (item,) = self.read("window", "7", "--from", FULL, "--to", TODAY)["items"]
        self.assertEqual([(BROKEN, QUIET, 2)], [(gap["from"], gap["until"], gap["days"]) for gap in item["gaps"]])
        self.assertEqual((3, 5), (item["full"], item["of"]))
        today = self.sheet(self.org, "--on", BROKEN, clock=at(TODAY))["items"][6]  # as it is known now
        self.assertEqual("full", today["verdict"])

    def test_what_is_remembered_is_what_is_judged_anew(self):
        org = self.copy()
        words = ("window", "--from", FULL, "--format", "json")
        first = maru(*words, org=org, clock=at(TODAY), check=0).stdout
        self.assertTrue((org / "derived.db").exists())
        self.assertEqual(first, maru(*words, org=org, clock=at(TODAY), check=0).stdout)
        (org / "derived.db").unlink()
        self.assertEqual(first, maru(*words, org=org, clock=at(TODAY), check=0).stdout)

    def test_days_before_the_ledger_count_against_it(self):
        window = self.read("window", "38", "--from", plus(FULL, -10), "--to", BROKEN)
        self.assertEqual(FULL, window["ledger_began"])
        (item,) = window["items"]
        self.assertEqual((10, 2, 12), (item["unrecorded"], item["full"], item["of"]))
        table = self.run_maru("window", "38", "--from", plus(FULL, -10), "--to", BROKEN).stdout
        self.assertIn("The ledger begins on 2026-11-23.", table)

    def test_by_default_it_begins_with_the_ledger_when_that_is_younger_than_a_year(self):
        window = self.read("window", "38", "--to", FULL)
        self.assertEqual((FULL, 1, 1, 0), (window["from"], *(window["items"][0][key] for key in ("full", "of", "unrecorded"))))
        self.assertEqual(FULL, self.read("window", "38")["from"])

    def test_a_period_without_gaps_says_so(self):
        table = self.run_maru("window", "--from", FULL, "--to", FULL).stdout
        self.assertIn("○ on every day: 52/52 items   times not ○: 0", table)
        self.assertIn("(1 day)", table)

    def test_lines_for_spreadsheets_hold_the_same_numbers(self):
        expected = [(str(item["number"]), str(item["full"]), str(item["of"])) for item in self.read("window", "--from", FULL)["items"]]
        for form, separator in (("tsv", "\t"), ("csv", ",")):
            lines = csv.DictReader(io.StringIO(self.run_maru("window", "--from", FULL, "--format", form).stdout), delimiter=separator)
            self.assertEqual(expected, [(line["No."], line["Days ○"], line["Days counted"]) for line in lines])

    def test_impossible_periods_are_refused_with_a_way_out(self):
        self.refused("window", "--from", MENDED, "--to", FULL, names=["--from", "swap"])
        self.refused("window", "--to", plus(FULL, -1), names=["2026-11-23", "--to"])
        self.refused("window", "--to", "2026-12-01", names=["--to", TODAY])
        self.refused("window", "99", names=["99", "maru catalog sheets ipa-52"])


class Output(Lived):
    COMMANDS = [("window", "12", "--from", FULL), ("diff", "--from", FULL, "--to", BROKEN), ("forecast", "--until", "2026-12-01"), ("sheet",)]

    def test_a_file_with_content_is_replaced_only_on_demand(self):
        for words in self.COMMANDS:
            file = self.folder / (words[0] + ".txt")
            file.write_text("大切な内容")
            done = self.run_maru(*words, "-o", file, check=2)
            self.assertIn(str(file), done.stderr)
            self.assertIn("--force", done.stderr)
            self.assertEqual("大切な内容", file.read_text())
            self.run_maru(*words, "-o", file, "--force")
            self.assertTrue(self.run_maru(*words).stdout.startswith(file.read_text()), words)

    def test_a_dash_is_standard_output(self):
        for words in self.COMMANDS:
            done = self.run_maru(*words, "-o", "-", cwd=self.folder)
            self.assertEqual(self.run_maru(*words).stdout, done.stdout)
            self.assertEqual([], [path.name for path in self.folder.iterdir() if path.name == "-"])

    def test_the_name_of_the_file_says_its_format(self):
        for words in self.COMMANDS:
            file = self.folder / (words[0] + ".json")
            self.run_maru(*words, "-o", file)
            self.assertEqual("ipa-52", json.loads(file.read_text())["sheet"])

    def test_a_folder_is_no_file(self):
        for words in self.COMMANDS:
            self.assertIn("is a folder", self.run_maru(*words, "-o", self.folder, check=2).stderr)


class Root(Lived):
    def test_sheet_and_ledger_show_it_in_the_same_form(self):
        sheet = self.sheet(self.org, clock=at(TODAY))
        self.assertIn(sheet["root"], self.run_maru("ledger", "status").stdout)
        self.assertIn(sheet["root"], self.run_maru("sheet").stdout)


if __name__ == "__main__":
    import unittest

    unittest.main()
