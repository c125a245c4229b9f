"""Time stamps from a real authority (openssl ts behind a small HTTP server), checked with openssl ts."""
import http.server
import pathlib
import sqlite3
import subprocess
import threading
import time

from support import Case, maru

CONFIG = """
[ req ]
distinguished_name = dn
prompt = no
[ dn ]
CN = unused
[ ca ]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[ stamping ]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
[ tsa ]
serial = serial
signer_cert = NAME.pem
signer_key = NAME.key
certs = root.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = no
ess_cert_id_alg = sha256
"""


def openssl(*words, cwd, check=True):
    return subprocess.run(["openssl", *map(str, words)], cwd=cwd, capture_output=True, check=check)


class Authority:
    """Root and TSA certificates in a folder, and `openssl ts -reply` behind HTTP. `treat` may change answers."""

    def __init__(self, folder, days=3650, extensions="stamping", algorithm=("-newkey", "rsa:2048")):
        self.folder = folder
        folder.mkdir()
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(CONFIG.replace("NAME", "tsa"))
        cnf = ["-config", "tsa.cnf"]
        openssl("req", "-x509", *cnf, "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-days", "3650",
                "-subj", "/CN=Test Root", "-extensions", "ca", cwd=folder)
        self.issue(days, extensions, algorithm)
        self.treat = lambda query, reply: reply
        self.status = 200

    def issue(self, days, extensions="stamping", algorithm=("-newkey", "rsa:2048")):
        openssl("req", "-new", "-config", "tsa.cnf", *algorithm, "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Test TSA", cwd=self.folder)
        openssl("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", days,
                "-extfile", "tsa.cnf", "-extensions", extensions, "-out", "tsa.pem", cwd=self.folder)

    def reply(self, query):
        (self.folder / "query.tsq").write_bytes(query)
        openssl("ts", "-reply", "-config", "tsa.cnf", "-section", "tsa", "-queryfile", "query.tsq", "-out", "reply.tsr", cwd=self.folder)
        return (self.folder / "reply.tsr").read_bytes()

    def __enter__(self):
        authority = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                query = self.rfile.read(int(self.headers["Content-Length"]))
                assert self.headers["Content-Type"] == "application/timestamp-query"
                answer = authority.treat(query, authority.reply(query))
                self.send_response(authority.status)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *words):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/tsr"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *ignored):
        self.server.shutdown()
        self.server.server_close()

    @property
    def root(self):
        return self.folder / "root.pem"


def now(days=0):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + days * 86400))


class Timestamps(Case):
    def stamp(self, org, authority, *words, check, days=0):
        return maru("ledger", "stamp", "--tsa", authority.url, "--ca", authority.root, *words, org=org, clock=now(days), check=check)

    def authority(self, name="authority", **words):
        return Authority(self.folder / name, **words)

    def new_organisation(self):
        return self.organisation("--name", "株式会社見本")

    def stamps(self, org):
        with sqlite3.connect(f"file:{org}/maru.db?mode=ro", uri=True) as database:
            return database.execute("select size, tsq, tsr from timestamp order by size").fetchall()

    def refused(self, authority, word, *words, days=0):
        org = self.new_organisation() if not (self.folder / "organisation").exists() else self.folder / "organisation"
        done = self.stamp(org, authority, *words, check=2, days=days)
        self.assertIn(word, done.stderr)
        self.assertEqual([], self.stamps(org))

    def test_a_stamp_verifies_with_openssl_and_is_entered(self):
        org = self.new_organisation()
        for algorithm in (("-newkey", "rsa:2048"), ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256")):
            with self.authority(algorithm[1].replace(":", ""), algorithm=algorithm) as authority:
                out = self.folder / "stamps"
                done = self.stamp(org, authority, "-o", out, check=0)
                self.assertIn("Test TSA", done.stdout)
                size, query, reply = self.stamps(org)[-1]
                self.assertEqual(reply, (out / f"{size}.tsr").read_bytes())
                for words in (["-queryfile", out / f"{size}.tsq"], ["-data", out / f"{size}.body"]):
                    verified = openssl("ts", "-verify", *words, "-in", out / f"{size}.tsr", "-CAfile", authority.root, cwd=self.folder)
                    self.assertIn(b"Verification: OK", verified.stdout + verified.stderr)
                with sqlite3.connect(f"file:{org}/maru.db?mode=ro", uri=True) as database:
                    body = database.execute("select body from entry order by idx desc limit 1").fetchone()[0]
                    note = database.execute("select note from checkpoint where size = ?", (size,)).fetchone()[0]
                self.assertIn('"kind":"timestamp"', bytes(body).decode() if isinstance(body, bytes) else body)
                self.assertEqual("\n".join(note.split("\n")[:3]) + "\n", (out / f"{size}.body").read_text())
        self.assertEqual(2, len(self.stamps(org)))

    def test_what_is_not_to_be_believed_is_refused_with_the_reason(self):
        with self.authority() as authority:
            org = self.new_organisation()
            self.stamp(org, authority, check=0)
            with sqlite3.connect(org / "maru.db") as database:
                first = database.execute("select tsr from timestamp").fetchone()[0]
                database.execute("delete from timestamp")
            cases = [
                (lambda query, reply: first, "mismatch"),  # another request's, of other data
                (lambda query, reply: reply[:-9] + bytes([reply[-9] ^ 1]) + reply[-8:], "cannot be believed"),
                (lambda query, reply: reply[:-1], "no time stamp"),
                (lambda query, reply: reply + b"x", "no time stamp"),
                (lambda query, reply: b"<html>", "no time stamp"),
                (lambda query, reply: b"", "no time stamp"),
            ]
            for treat, word in cases:
                authority.treat = treat
                self.refused(authority, word)

    def test_another_nonce_is_refused(self):
        with self.authority() as authority:
            def of_another_nonce(query, reply):
                imprint = query.split(b"\x04\x20", 1)[1][:32].hex()  # OCTET STRING of 32 bytes
                openssl("ts", "-query", "-digest", imprint, "-sha256", "-cert", "-out", "other.tsq", cwd=authority.folder)
                return authority.reply((authority.folder / "other.tsq").read_bytes())

            authority.treat = of_another_nonce
            self.refused(authority, "nonce")

    def test_a_stamp_of_other_data_under_our_nonce_is_refused(self):
        with self.authority() as authority:
            def of_other_data(query, reply):
                at = query.index(b"\x04\x20") + 2  # OCTET STRING of 32 bytes
                return authority.reply(query[:at] + bytes(32) + query[at + 32:])

            authority.treat = of_other_data
            self.refused(authority, "imprint")

    def test_an_oversized_answer_is_refused(self):
        with self.authority() as authority:
            authority.treat = lambda query, reply: reply + bytes(300_000)
            self.refused(authority, "more than 262144 bytes")

    def test_status_says_when_to_stamp_again(self):
        org = self.new_organisation()
        self.assertIn("maru ledger stamp", maru("ledger", "status", org=org, check=0).stdout)
        with self.authority(days=200) as authority:
            self.stamp(org, authority, check=0)
        said = [maru("ledger", "status", org=org, check=0, clock=now(day)).stdout for day in (0, 150, 201)]
        for text, word in zip(said, ("certificate until", "stamp again before", "certificate ended on")):
            self.assertIn(word, text)
            self.assertIn("by CN=Test TSA", text)

    def test_verify_notices_stamps_that_were_exchanged_or_never_entered(self):
        org = self.new_organisation()
        with self.authority() as authority:
            self.stamp(org, authority, check=0)
            maru("put", "department", "code=D1", "name=開発部", org=org, clock=now(), check=0)
            self.stamp(org, authority, check=0)
        self.assertIn("2 time stamps hold", maru("ledger", "verify", org=org, check=0).stdout)
        (one, _, first), (two, _, second) = self.stamps(org)

        def changed(size, reply):
            with sqlite3.connect(org / "maru.db") as database:
                database.execute("update timestamp set tsr = ? where size = ?", (reply, size))
            return maru("ledger", "verify", org=org, check=1).stdout

        self.assertIn(f"the time stamp of {two} entries: it is not of that checkpoint", changed(two, first))
        changed(two, second[:-1] + bytes([second[-1] ^ 1]))
        self.assertIn("no entry says", changed(two, second[:-1] + bytes([second[-1] ^ 1])))

    def test_an_authority_that_refuses_is_quoted(self):
        with self.authority() as authority:
            config = (authority.folder / "tsa.cnf").read_text()
            (authority.folder / "tsa.cnf").write_text(config.replace("digests = sha256", "digests = sha512"))
            self.refused(authority, "refused")
            authority.status = 503
            self.refused(authority, "503")

    def test_certificates_that_do_not_hold_are_refused(self):
        with self.authority(days=30) as authority:
            self.refused(authority, "expired", days=31)
            with self.authority("other") as other:
                done = maru("ledger", "stamp", "--tsa", authority.url, "--ca", other.root, org=self.folder / "organisation", clock=now(), check=2)
                self.assertIn("certificate does not verify", done.stderr)
            (self.folder / "empty.pem").write_text("nothing\n")
            done = maru("ledger", "stamp", "--tsa", authority.url, "--ca", self.folder / "empty.pem", org=self.folder / "organisation", clock=now(), check=2)
            self.assertIn("no root certificate", done.stderr)

    def test_a_stamp_is_renewed_before_its_certificate_ends(self):
        org = self.new_organisation()
        with self.authority(days=100) as authority:
            self.stamp(org, authority, "--renew-before", 30, check=0)
            self.assertIn("nothing to do", self.stamp(org, authority, "--renew-before", 30, check=0, days=50).stdout)
            self.assertEqual(1, len(self.stamps(org)))
            authority.issue(3650)
            self.stamp(org, authority, "--renew-before", 30, check=0, days=75)
            self.assertEqual(2, len(self.stamps(org)))
            self.assertIn("nothing to do", self.stamp(org, authority, "--renew-before", 30, check=0, days=90).stdout)
