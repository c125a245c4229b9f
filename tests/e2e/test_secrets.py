"""Passwords, links, cookies, tokens and codes: they open what they are for, and stand in no log, no error and no counter."""
import base64
import hashlib
import hmac
import re
import struct
import urllib.parse

from servers import MailServer, until
from serving import Server
from support import CLOCK, Case, maru

FIRST, SECOND = "錨と灯台 nine lanterns", "砂丘の向こう quiet river"
MAIL = "hanako@mihon.example.jp"


def code_of(secret, at):
    """RFC 6238, as an app computes it."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", at // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7fffffff) % 1000000:06}"


class Secrets(Case):
    @classmethod
    def setUpClass(cls):
        cls.mails = MailServer()

    @classmethod
    def tearDownClass(cls):
        cls.mails.stop()

    def setUp(self):
        super().setUp()
        for path in (self.mails.folder / "mail").rglob("*"):
            if path.is_file():
                path.unlink()
        self.org = self.organisation()
        self.log = self.folder / "access.log"
        config = self.folder / "maru.toml"
        config.write_text(
            f'[server]\naccess_log = "{self.log}"\n'
            f'[mail]\nurl = "{self.mails.url}"\nfrom = "maru@mihon.example.jp"\ntls = "never"\n'
            f'[[organisation]]\nname = "mihon"\nfolder = "{self.org}"\n')
        self.server = Server(words=("--config", str(config)))
        self.secrets = {}  # what it is: the secret itself
        self.answers = []  # of whatever was refused

    def tearDown(self):
        self.server.stop()
        super().tearDown()

    def visitor(self):
        client = self.server.client("mihon")
        self.addCleanup(client.connection.close)
        return client

    def keep(self, **secrets):
        self.secrets.update(secrets)
        return next(iter(secrets.values()))

    def refused(self, status, answer):
        self.assertEqual(status, answer[0], answer[2])
        self.answers.append(str(answer[2]))

    def first_user(self):
        client = self.visitor()
        link = self.keep(setup_link=self.server.links["mihon"])
        self.keep(password=FIRST)
        self.refused(422, client.post("/links/redeem", {"link": link, "password": FIRST}))
        status, _, answer = client.post("/links/redeem", {"link": link, "password": FIRST, "name": "山田 花子", "mail": MAIL})
        self.assertEqual(200, status, answer)
        self.keep(cookie=client.cookie.split("=", 1)[1])
        self.refused(404, client.post("/links/redeem", {"link": link, "password": FIRST}))
        return client

    def reset_link(self):
        """Out of the mail that came."""
        found = lambda: [m for m in self.mails.mails(1) if "/link#" in m.get_body().get_content()]
        text = until(found)[-1].get_body().get_content()
        return re.search(re.escape(self.server.address) + r"/o/mihon/link#(\S+)", text).group(1)

    def forget(self):
        """The answers to somebody who has an account and to somebody who has none."""
        client = self.visitor()
        return [client.post("/password-resets", {"mail": mail}, headers={"Host": "evil.example"}) for mail in (MAIL, "nobody@mihon.example.jp")]

    def test_a_forgotten_password_is_chosen_anew_by_mail(self):
        client = self.first_user()
        known, unknown = self.forget()
        self.assertEqual((200, {"mailed": True}), (known[0], known[2]))
        self.assertEqual((200, {"mailed": True}), (unknown[0], unknown[2]))
        link = self.reset_link()
        browser = self.visitor()
        self.assertEqual("reset", browser.post("/links/look", {"link": link})[2]["kind"])
        self.assertEqual(200, client.get("/me")[0], "asking ends nothing")
        self.assertEqual(200, browser.post("/links/redeem", {"link": link, "password": SECOND})[0])
        self.assertEqual(401, client.get("/me")[0], "all sessions ended")
        self.assertEqual(MAIL, browser.get("/me")[2]["mail"])
        self.assertEqual(404, browser.post("/links/redeem", {"link": link, "password": FIRST})[0], "once")
        other = self.visitor()
        self.assertEqual(401, other.post("/session", {"mail": MAIL, "password": FIRST})[0])
        self.assertEqual(200, other.post("/session", {"mail": MAIL, "password": SECOND})[0])
        # One is not buried in mails, and nobody asks without end.
        answers = [self.forget() for _ in range(10)]
        self.assertEqual({(200, 200), (429, 429)}, {(known[0], unknown[0]) for known, unknown in answers})
        self.mails.mails(3)
        self.server.stop()
        self.assertEqual(3, len([m for m in self.mails.mails(3) if "/link#" in m.get_body().get_content()]))

    def second_factor(self, client, now):
        secret = self.keep(totp_secret=client.post("/me/totp")[2]["secret"])
        self.keep(totp_bytes=base64.b32decode(secret).hex())
        code = self.keep(totp_code=code_of(secret, now))
        self.refused(403, client.post("/me/totp/confirm", {"code": "000000" if code != "000000" else "000001"}))
        codes = client.post("/me/totp/confirm", {"code": code})[2]["recoveryCodes"]
        self.keep(**{f"recovery_code_{n}": one for n, one in enumerate(codes)})
        browser = self.visitor()
        self.refused(401, browser.post("/session", {"mail": MAIL, "password": self.keep(wrong_password="three wrong umbrellas")}))
        pending = self.keep(pending=browser.post("/session", {"mail": MAIL, "password": FIRST})[2]["pending"])
        self.refused(401, browser.post("/session/code", {"pending": pending, "code": code}))
        self.assertEqual(200, browser.post("/session/code", {"pending": pending, "code": codes[0]})[0])
        self.keep(second_cookie=browser.cookie.split("=", 1)[1])

    def token(self, client):
        token = self.keep(token=client.post("/me/tokens", {"name": "CI", "scope": "read", "ends": "2026-12-01"})[2]["token"])
        program = self.visitor()
        program.token = token
        self.assertEqual(200, program.get("/me?token=" + token)[0])
        self.refused(403, program.post("/registers/department/records", {"fields": {"code": token, "name": "x"}}))
        program.token = self.keep(wrong_token="maru_" + "A" * 43)
        self.refused(401, program.get("/me"))

    def feed(self):
        url = maru("notices", "feed", "0001", "--base-url", "https://isms.mihon.example.jp/o/mihon", org=self.org, check=0).stdout.strip()
        token = self.keep(feed=url.rsplit("/", 1)[1])
        client = self.visitor()
        self.assertEqual(200, client.get("/feeds/" + token, base="/o/mihon")[0])
        client.get("/feeds/" + urllib.parse.quote(token[:1]) + "%41" + token[1:], base="/o/mihon")

    def test_secrets_stand_in_no_log_no_error_and_no_counter(self):
        client = self.first_user()
        self.feed()
        self.second_factor(client, 1795392000)  # CLOCK
        self.token(client)
        self.refused(403, client.request("PUT", "/me/password", body={"current": SECOND, "password": self.keep(another=SECOND)}))
        self.forget()
        link = self.keep(reset_link=self.reset_link())
        browser = self.visitor()
        self.refused(422, browser.post("/links/redeem", {"link": link, "password": "short"}))
        self.assertEqual("code_needed", browser.post("/links/redeem", {"link": link, "password": SECOND})[2]["state"])
        self.refused(422, browser.request("POST", "/session", body=b'{"mail": "' + FIRST.encode() + b'", ', headers={"Content-Type": "application/json"}))
        self.refused(404, browser.get("/" + "no-such-place"))
        metrics = browser.get("/metrics", base="")[2].decode()
        self.server.stop()
        written = {"access log": self.log.read_text(), "standard error": "".join(self.server.log), "metrics": metrics, "answers": "\n".join(self.answers)}
        self.assertIn('"path":"/o/mihon/api/v1/session"', written["access log"])
        self.assertIn('"path":"/o/mihon/feeds/', written["access log"])
        for what, secret in self.secrets.items():
            for where, text in written.items():
                self.assertNotIn(secret, text, f"{what} in {where}")
        # Nor in the clear in the files of the organisation, but the mail that is to go out.
        for path in self.org.rglob("*"):
            if path.is_file() and not path.name.startswith(("outbox.db", "feeds.db")):
                content = path.read_bytes()
                for what, secret in self.secrets.items():
                    self.assertNotIn(secret.encode(), content, f"{what} in {path.name}")
                self.assertNotIn(bytes.fromhex(self.secrets["totp_bytes"]), content, f"a second factor's secret in {path.name}")
