"""What goes out: to a real mail server, to a receiver of webhooks, to a calendar program."""
import json
import os
import re
import signal
import sqlite3
import subprocess
import threading

from servers import MailServer, Receiver, is_signed, until
from serving import Server
from support import MARU, Case, maru

try:
    import icalendar
except ImportError:  # Debian's package belongs to Debian's Python
    import sys

    sys.path.append("/usr/lib/python3/dist-packages")
    import icalendar

LATER = "2027-01-08"  # when much of the sample has fallen due


def at(day, hour="08:00:00"):
    return f"{day}T{hour}+09:00"


class Mails(Case):
    @classmethod
    def setUpClass(cls):
        cls.server = MailServer()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def setUp(self):
        super().setUp()
        for rule in ("closed", "members-only"):
            if (self.server.folder / rule).exists():
                self.server.set(rule, False)
        for path in (self.server.folder / "mail").rglob("*"):
            if path.is_file():
                path.unlink()

    def options(self, *more):
        return ["--mail-server", self.server.url, "--mail-from", "maru@mihon.example.jp", "--mail-ca", self.server.certificate, *more]

    def test_digests_arrive(self):
        org = self.sample()
        day = maru("notices", "day", *self.options("--base-url", "https://maru.example.jp/o/call/"), org=org, clock=at(LATER), lang="ja", check=0).stdout
        queued = int(re.search(r"メール (\d+) 通", day).group(1))
        self.assertGreater(queued, 3)
        sent = maru("notices", "send", *self.options(), org=org, clock=at(LATER), lang="ja", check=0).stdout
        self.assertIn(f"送信 {queued} 件", sent)
        mails = self.server.mails(queued)
        self.assertEqual(queued, len(mails))
        for mail in mails:
            self.assertEqual([], mail.defects)
            self.assertEqual("auto-generated", mail["Auto-Submitted"])
            self.assertEqual("maru@mihon.example.jp", mail["From"].addresses[0].addr_spec)
            self.assertRegex(mail["Message-ID"], r"^<[0-9a-f]{32}@mihon\.example\.jp>$")
        digests = [mail for mail in mails if "対応事項" in mail["Subject"]]
        self.assertEqual(len(digests), len({mail["To"] for mail in digests}), "one a person at most")
        own = next(mail for mail in digests if mail["To"].addresses[0].addr_spec == "suzuki.misaki@calllink.example")
        self.assertEqual("鈴木 美咲", own["To"].addresses[0].display_name)
        text = own.get_content()
        self.assertIn("鈴木 美咲 さん", text)
        self.assertIn("株式会社コールリンク", text)
        self.assertIn("https://maru.example.jp/o/call/me", text)
        self.assertIn(LATER, own["Subject"])
        self.assertNotIn("{", text.replace("{n}", ""))
        # once a day, and nothing twice
        self.assertIn("済んでいます", maru("notices", "day", *self.options(), org=org, clock=at(LATER, "20:00:00"), lang="ja", check=0).stdout)
        self.assertIn("0 sent", maru("notices", "send", *self.options(), org=org, clock=at(LATER, "20:00:00"), check=0).stdout)
        self.assertIn("Nothing waits", maru("notices", "list", org=org, check=0).stdout)
        self.assertIn("sent " + "2027-01-07T23:00:00Z", maru("notices", "list", "--all", org=org, check=0).stdout)

    def test_a_greylisting_server_gets_them_later(self):
        org = self.sample()
        maru("notices", "day", *self.options(), org=org, clock=at(LATER), check=0)
        self.server.set("closed")
        refused = maru("notices", "send", *self.options(), org=org, clock=at(LATER), check=1).stdout
        self.assertIn("0 sent", refused)
        self.assertIn("0 given up", refused)
        self.assertIn("451 come back later", maru("notices", "list", org=org, check=0).stdout)
        self.server.set("closed", False)
        done = maru("notices", "send", *self.options(), org=org, clock=at(LATER, "08:10:00"), check=0).stdout
        count = int(re.search(r"(\d+) sent", done).group(1))
        self.assertEqual(count, len(self.server.mails(count)))

    def test_nobody_there_is_given_up_and_said(self):
        org = self.sample()
        maru("put", "person", "code=E003", "mail=nobody@calllink.example", org=org, check=0)
        maru("notices", "day", *self.options(), org=org, clock=at(LATER), check=0)
        maru("notices", "send", *self.options(), org=org, clock=at(LATER), check=1)
        listed = maru("notices", "list", org=org, check=0).stdout
        self.assertIn("nobody@calllink.example", listed)
        self.assertIn("550 no such person here", listed)
        self.assertIn("given up", listed)

    def test_one_mail_to_try_with_and_without_a_password(self):
        done = maru("notices", "test", "yamada@mihon.example.jp", *self.options(), lang="ja", check=0)
        self.assertIn("受け取りました", done.stdout)
        self.assertEqual("maru からの試しのメール", self.server.mails(1)[0]["Subject"])
        self.server.set("members-only")
        self.assertIn("550 sign in first", maru("notices", "test", "yamada@mihon.example.jp", *self.options(), check=2).stderr)
        os.environ["MARU_MAIL_PASSWORD"] = "himitsu"
        maru("notices", "test", "yamada@mihon.example.jp", *self.options("--mail-user", "maru"), check=0)
        os.environ["MARU_MAIL_PASSWORD"] = "wrong-one"
        refused = maru("notices", "test", "yamada@mihon.example.jp", *self.options("--mail-user", "maru"), check=2).stderr
        self.assertIn("535", refused)
        self.assertNotIn("wrong-one", refused)
        del os.environ["MARU_MAIL_PASSWORD"]

    def test_what_cannot_be_trusted_gets_no_mail(self):
        system = ["--mail-server", self.server.url, "--mail-from", "maru@mihon.example.jp"]
        self.assertIn("certificate", maru("notices", "test", "a@mihon.example.jp", *system, check=2).stderr)
        plain = ["--mail-server", self.server.url.replace("localhost", "127.0.0.1"), *self.options()[2:]]
        self.assertNotEqual("", maru("notices", "test", "a@mihon.example.jp", *plain, check=2).stderr)  # another name than the certificate's
        self.assertIn("relaying denied", maru("notices", "test", "a@else.example", *self.options(), check=2).stderr)
        for bad in ("a@b\nc@d", "<a@b>", "a"):
            self.assertIn("mail address", maru("notices", "test", bad, *self.options(), check=2).stderr)
        self.assertEqual([], self.server.mails(0))

    def test_an_erased_person_is_forgotten(self):
        org = self.sample()
        for account in json.loads(maru("list", "account", "--format", "json", org=org, check=0).stdout):
            if account["person"] == "E033" and not account["disabled_on"]:
                maru("put", "account", f"service={account['service']}", f"account_name={account['account_name']}", "disabled_on=2026-11-23", org=org, check=0)
        maru("notices", "feed", "E033", org=org, check=0)
        maru("notices", "day", *self.options(), org=org, clock=at(LATER), check=0)
        done = maru("erase", "person", "E033", "--basis", "本人の請求", "--yes", org=org, clock=at(LATER), check=0)
        self.assertIn("none of the erased values is left", done.stdout)


    def test_requests_are_told_to_who_decides_and_decisions_to_who_asked(self):
        org = self.sample()
        configuration = self.folder / "maru.toml"
        configuration.write_text(f'[mail]\nurl = "{self.server.url}"\nfrom = "maru@mihon.example.jp"\ntls = "never"\n[notices]\ndaily_at = "23:59"\n')
        server = Server(org, clock=at("2026-11-24"), words=["--config", configuration])
        self.addCleanup(server.stop)
        manager = server.client()
        self.assertEqual(200, manager.post("/links/redeem", {"link": next(iter(server.links.values()))})[0])
        users = {user["mail"].split("@")[0]: user["id"] for user in manager.get("/users")[2]["users"]}
        asker = server.client()
        secret = manager.post(f"/users/{users['yamada.moe']}/link")[2]["secret"]
        self.assertEqual(200, asker.post("/links/redeem", {"link": secret, "password": "kawasaki no yuugure 77"})[0])
        status, _, asked = asker.post("/requests", {"kind": "remote_work", "fields": {"place": "自宅（川崎市）"}})
        self.assertEqual(201, status, asked)

        def about_it():
            return [mail for mail in self.server.mails(1) if asked["code"] in mail["Subject"]]

        own = until(about_it)[0]
        self.assertNotIn("yamada.moe@calllink.example", [mail["To"].addresses[0].addr_spec for mail in about_it()], "who asks does not decide")
        self.assertIn(f"{server.address}/o/organisation/requests/{asked['id']}", own.get_content())
        self.assertIn("自宅（川崎市）", own.get_content())
        seen = manager.get(f"/requests/{asked['id']}")[2]
        self.assertEqual(200, manager.post(f"/requests/{asked['id']}/approve", {"hash": seen["hash"]})[0])
        decided = until(lambda: next((mail for mail in about_it() if mail["To"].addresses[0].addr_spec == "yamada.moe@calllink.example"), None))
        self.assertIn(asked["code"], decided["Subject"])
        self.assertIn("鈴木 美咲", decided.get_content())

    def test_requests_of_a_holiday_are_told_on_the_next_business_day(self):
        org = self.sample()
        configuration = self.folder / "maru.toml"
        configuration.write_text(f'[mail]\nurl = "{self.server.url}"\nfrom = "maru@mihon.example.jp"\ntls = "never"\n[notices]\ndaily_at = "23:59"\n')
        server = Server(org, clock=at("2026-11-23"), words=["--config", configuration])  # a holiday
        self.addCleanup(server.stop)
        manager = server.client()
        self.assertEqual(200, manager.post("/links/redeem", {"link": next(iter(server.links.values()))})[0])
        until(lambda: (org / "outbox.db").exists() and sqlite3.connect(org / "outbox.db").execute("select count(*) from told_request").fetchone()[0])
        self.assertEqual(201, manager.post("/requests", {"kind": "remote_work", "fields": {"place": "自宅"}})[0])
        server.stop()
        self.assertIn("Nothing waits", maru("notices", "list", org=org, check=0).stdout)
        again = Server(org, clock=at("2026-11-24"), words=["--config", configuration])
        self.addCleanup(again.stop)
        self.assertTrue(self.server.mails(1))

    def test_a_backup_that_fails_is_mailed(self):
        org = self.sample()
        (self.folder / "backup.pub").write_text(maru("backup", "key", "--out", self.folder / "backup.key", check=0).stdout)
        configuration = self.folder / "maru.toml"
        configuration.write_text(f'[mail]\nurl = "{self.server.url}"\nfrom = "maru@mihon.example.jp"\ntls = "never"\n[notices]\ndaily_at = "23:59"\n[backup]\nto = "nowhere"\nkey = "backup.pub"\n')
        server = Server(org, clock=at("2026-11-24"), words=["--config", configuration])
        self.addCleanup(server.stop)
        mail = self.server.mails(1)[0]
        self.assertIn("No backup could be made", mail["Subject"])
        self.assertIn(str(self.folder / "nowhere"), mail.get_content())


class Webhooks(Case):
    def setUp(self):
        super().setUp()
        self.receivers = []

    def tearDown(self):
        for receiver in self.receivers:
            receiver.stop()
        super().tearDown()

    def receiver(self, **options):
        self.receivers.append(Receiver(**options))
        return self.receivers[-1]

    def organisation_with(self, receiver, kind="program", url=None):
        org = self.sample()
        maru("put", "webhook", "code=W1", "name=監視", f"kind={kind}", f"url={url or receiver.url + 'hook'}", "events=verdict_flipped;publish_decision;daily_summary",
             "language=ja", "active=yes", org=org, check=0)
        return org

    def test_a_program_gets_signed_events_again_and_again_until_it_takes_them(self):
        receiver = self.receiver(failures=2)
        org = self.organisation_with(receiver)
        secret = maru("notices", "secret", "W1", org=org, check=0).stdout.strip()
        self.assertRegex(secret, r"^whsec_[A-Za-z0-9+/]{43}=$")
        self.assertEqual(b"", subprocess.run(["grep", "-c", "-F", secret, org / "maru.db"], capture_output=True).stdout.replace(b"0\n", b""))
        maru("notices", "day", org=org, clock=at("2026-11-24"), check=0)
        for minute in ("00", "01"):
            failed = maru("notices", "send", "--inside", org=org, clock=at("2026-11-24", f"08:{minute}:00"), check=1).stdout
            self.assertIn("1 to be tried again later", failed)
            self.assertIn("HTTP 500", maru("notices", "list", org=org, check=0).stdout)
        self.assertIn("1 sent", maru("notices", "send", "--inside", org=org, clock=at("2026-11-24", "08:05:00"), check=0).stdout)
        self.assertEqual(3, len(receiver.calls))
        for _, headers, body in receiver.calls:
            self.assertTrue(is_signed(headers, body, secret))
        self.assertEqual(1, len({headers["webhook-id"] for _, headers, _ in receiver.calls}), "the same event")
        self.assertEqual(3, len({headers["webhook-timestamp"] for _, headers, _ in receiver.calls}), "signed for each try")
        event = receiver.events()[0]
        self.assertEqual(("daily_summary".replace("_", "."), "ipa-52"), (event["type"], event["data"]["sheet"]))

    def test_flips_and_decisions_are_told(self):
        receiver = self.receiver()
        org = self.organisation_with(receiver)
        secret = maru("notices", "secret", "W1", org=org, check=0).stdout.strip()
        maru("notices", "day", org=org, clock=at("2026-11-24"), check=0)
        maru("notices", "send", "--inside", org=org, clock=at("2026-11-24"), check=0)
        before = self.marks(org, clock=at("2026-11-24"))
        maru("notices", "day", org=org, clock=at(LATER), check=0)
        maru("notices", "send", "--inside", org=org, clock=at(LATER), check=0)
        after = self.marks(org, clock=at(LATER))
        self.assertTrue(all(is_signed(headers, body, secret) for _, headers, body in receiver.calls))
        flips = {event["data"]["number"]: event["data"] for event in receiver.events() if event["type"] == "verdict.flipped"}
        self.assertEqual({number for number in before if before[number] != after[number]}, set(flips))
        symbols = {"full": "○", "partial": "△", "none": "×", "unknown": "?", "not_applicable": "－"}
        for number, flip in flips.items():
            self.assertEqual((before[number], after[number]), (symbols[flip["before"]], symbols[flip["after"]]))
        decisions = [event["data"] for event in receiver.events() if event["type"] == "publish.decision"]
        self.assertTrue(decisions)
        for decision in decisions:
            self.assertGreater(decision["days"], 14)
            self.assertEqual("full", decision["claimed"])

    def test_killed_while_it_was_told_it_is_told_again(self):
        receiver = self.receiver()
        org = self.organisation_with(receiver)
        maru("notices", "secret", "W1", org=org, check=0)
        maru("notices", "day", org=org, clock=at("2026-11-24"), check=0)
        receiver.hold = threading.Event()
        sending = subprocess.Popen([MARU, "--org", str(org), "--clock", at("2026-11-24"), "notices", "send", "--inside"], stdout=subprocess.DEVNULL)
        until(lambda: receiver.calls)
        sending.send_signal(signal.SIGKILL)
        sending.wait()
        receiver.hold.set()
        receiver.hold = None
        self.assertIn("1 sent", maru("notices", "send", "--inside", org=org, clock=at("2026-11-24"), check=0).stdout)
        self.assertEqual(2, len(receiver.calls))
        self.assertEqual(1, len({headers["webhook-id"] for _, headers, _ in receiver.calls}))

    def test_a_chat_gets_text_at_its_secret_address(self):
        receiver = self.receiver()
        org = self.organisation_with(receiver, kind="chat", url=receiver.url + "services/")
        maru("notices", "secret", "W1", org=org, stdin=b"T000/B000/himitsu\n", check=0)
        maru("notices", "day", org=org, clock=at("2026-11-24"), check=0)
        maru("notices", "send", "--inside", org=org, clock=at("2026-11-24"), check=0)
        path, _, _ = receiver.calls[0]
        self.assertEqual("/services/T000/B000/himitsu", path)
        self.assertIn("51 項目のうち", receiver.events()[0]["text"].replace("52 項目", "51 項目"))
        self.assertNotIn("himitsu", maru("list", "webhook", org=org, check=0).stdout + maru("notices", "list", "--all", org=org, check=0).stdout)

    def test_inner_addresses_are_not_called_unless_allowed(self):
        receiver = self.receiver()
        org = self.organisation_with(receiver)
        maru("notices", "secret", "W1", org=org, check=0)
        for day, url, said in (("2026-11-24", receiver.url, "https://"), ("2026-11-25", receiver.url.replace("http://127.0.0.1", "https://localhost"), "no public address")):
            with self.subTest(url=url):
                maru("put", "webhook", "code=W1", f"url={url}", org=org, check=0)
                maru("notices", "day", org=org, clock=at(day), check=0)
                self.assertRegex(maru("notices", "send", org=org, clock=at(day), check=1).stdout, "0 sent, 0 to be tried again later, [1-9]")
                self.assertIn(said, maru("notices", "list", org=org, check=0).stdout)
        self.assertEqual([], receiver.calls)
        maru("put", "webhook", "code=W1", f"url={receiver.url}", org=org, check=0)
        maru("notices", "again", org=org, clock=at("2026-11-25"), check=0)
        self.assertRegex(maru("notices", "send", "--inside", org=org, clock=at("2026-11-25"), check=0).stdout, "^[2-9] sent")

    def test_gone_is_final(self):
        receiver = self.receiver(status=410)
        org = self.organisation_with(receiver)
        maru("notices", "secret", "W1", org=org, check=0)
        maru("notices", "day", org=org, clock=at("2026-11-24"), check=0)
        self.assertIn("1 given up", maru("notices", "send", "--inside", org=org, clock=at("2026-11-24"), check=1).stdout)
        self.assertIn("HTTP 410", maru("notices", "list", org=org, check=0).stdout)


class Calendars(Case):
    def test_a_calendar_program_reads_the_feed(self):
        org = self.sample()
        url = maru("notices", "feed", "E007", "--base-url", "https://maru.example.jp/o/call", org=org, check=0).stdout.strip()
        token = re.fullmatch(r"https://maru\.example\.jp/o/call/feeds/([0-9a-f]{64})", url).group(1)
        text = maru("notices", "calendar", token, org=org, lang="ja", check=0, binary=True).stdout
        calendar = icalendar.Calendar.from_ical(text.decode())
        self.assertGreater(len(calendar.walk("VEVENT")), 0)
        listed = maru("forecast", "--for", "E007", "--until", "2027-05-23", "--format", "ics", org=org, lang="ja", check=0, binary=True).stdout
        self.assertEqual({str(event["UID"]) for event in icalendar.Calendar.from_ical(listed.decode()).walk("VEVENT")},
                         {str(event["UID"]) for event in calendar.walk("VEVENT")})
        self.assertNotIn(token.encode(), (org / "outbox.db").read_bytes() + (org / "outbox.db-wal").read_bytes() if (org / "outbox.db-wal").exists() else (org / "outbox.db").read_bytes())
        maru("notices", "feed", "E007", "--revoke", org=org, check=0)
        self.assertIn("no such calendar", maru("notices", "calendar", token, org=org, check=2).stderr)

    def test_nothing_due_is_a_calendar_too(self):
        org = self.organisation("--name", "株式会社見本")
        maru("put", "person", "code=E001", "name=山田 太郎", "employment=employee", "joined_on=2020-04-01", org=org, check=0)
        token = maru("notices", "feed", "E001", org=org, check=0).stdout.strip()[-64:]
        calendar = icalendar.Calendar.from_ical(maru("notices", "calendar", token, org=org, check=0).stdout)
        self.assertEqual([], calendar.walk("VEVENT"))
        self.assertEqual(1, len(calendar.walk("VTIMEZONE")))


class Refusals(Case):
    def test_wrong_settings_are_said(self):
        org = self.organisation("--name", "株式会社見本")
        for options, said in (
            (["--mail-server", "mail.example.jp", "--mail-from", "a@b"], "smtp://"),
            (["--mail-server", "smtp://u:himitsu@mail.example.jp", "--mail-from", "a@b"], "set apart"),
            (["--mail-server", "smtp://mail.example.jp"], "--mail-from"),
            (["--mail-server", "smtp://mail.example.jp", "--mail-from", "a"], "mail address"),
        ):
            done = maru("notices", "send", *options, org=org, check=2).stderr
            self.assertIn(said, done)
            self.assertNotIn("himitsu", done)
        self.assertIn("no organisation", maru("notices", "list", org=self.folder / "nothing", check=2).stderr)
        self.assertIn("webhook", maru("notices", "secret", "W9", org=org, check=2).stderr)
