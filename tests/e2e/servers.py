"""A real mail server on a loopback port, Debian's exim4, delivering into files; and a receiver of webhooks."""
import base64
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import pwd
import socket
import subprocess
import tempfile
import threading
import time

EXIM = "/usr/sbin/exim4"
CONFIGURATION = """
exim_path = {exim}
spool_directory = {folder}/spool
log_file_path = {folder}/%slog
pid_file_path = {folder}/exim.pid
primary_hostname = mail.mihon.example.jp
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
tls_advertise_hosts = *
tls_certificate = {folder}/cert.pem
tls_privatekey = {folder}/key.pem
acl_smtp_rcpt = rcpt
acl_smtp_data = data
host_lookup =
rfc1413_query_timeout = 0s
keep_environment =
deliver_drop_privilege = true
smtp_accept_max = 20
begin acl
rcpt:
  deny message = no such person here
       local_parts = nobody
  defer message = come back later
        condition = ${{if exists{{{folder}/closed}}}}
  deny message = sign in first
       condition = ${{if exists{{{folder}/members-only}}}}
       !authenticated = *
  accept domains = calllink.example : mihon.example.jp
  deny message = relaying denied
data:
  deny message = we do not like this
       condition = ${{if match{{$h_subject:}}{{forbidden}}}}
  accept
begin routers
all:
  driver = accept
  transport = file
begin transports
file:
  driver = appendfile
  directory = {folder}/mail/inbox
  create_directory = true
  user = {user}
  group = {group}
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{maru}}}}{{eq{{$auth3}}{{himitsu}}}}}}}}
  server_set_id = $auth2
  server_advertise_condition = ${{if def:tls_in_cipher}}
"""


def account():
    """Who runs it: exim delivers nothing as root, so root hands over to exim's own account."""
    if os.geteuid() == 0:
        return pwd.getpwnam("Debian-exim")
    return pwd.getpwuid(os.geteuid())


def until(happened, seconds=20):
    """Waits for what other processes do."""
    end = time.monotonic() + seconds
    while not (found := happened()):
        if time.monotonic() > end:
            raise AssertionError("it did not happen")
        time.sleep(0.02)
    return found


class MailServer:
    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="maru-exim-")
        self.folder = pathlib.Path(self._folder.name)
        self.folder.chmod(0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"smtp://localhost:{self.port}"
        self.certificate = self.folder / "cert.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost", "-keyout", self.folder / "key.pem", "-out", self.certificate],
            check=True, capture_output=True)
        user = account()
        group = user.pw_gid
        (self.folder / "exim.conf").write_text(CONFIGURATION.format(exim=EXIM, folder=self.folder, port=self.port, user=user.pw_uid, group=group))
        (self.folder / "spool").mkdir()
        (self.folder / "mail").mkdir()
        if os.geteuid() == 0:
            for path in [self.folder, *self.folder.iterdir()]:
                os.chown(path, user.pw_uid, group)
        who = {"user": user.pw_uid, "group": group, "extra_groups": []} if os.geteuid() == 0 else {}
        self.process = subprocess.Popen([EXIM, "-C", self.folder / "exim.conf", "-bdf", "-odi"], stderr=subprocess.DEVNULL, **who)
        until(self.answers)

    def answers(self):
        if self.process.poll() is not None:
            raise AssertionError("exim4 did not start")
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                return connection.recv(100).startswith(b"220")
        except OSError:
            return False

    def set(self, rule, on=True):
        """closed: greylists everybody; members-only: nobody without a password."""
        (self.folder / rule).touch() if on else (self.folder / rule).unlink()

    def mails(self, count):
        """All mails that arrived, parsed, once there are so many; by recipient and subject."""
        def arrived():
            files = [path for path in (self.folder / "mail").rglob("*") if path.is_file()]
            return files if len(files) >= count else None
        parsed = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in (until(arrived) if count else [])]
        return sorted(parsed, key=lambda mail: (mail["To"], mail["Subject"]))

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self._folder.cleanup()


class Receiver:
    """Answers `failures` times with 500, then with 204. Remembers what came."""

    def __init__(self, failures=0, status=204):
        self.failures, self.status, self.calls = failures, status, []
        self.hold = None  # an Event: requests are taken, and not answered before it is set
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.calls.append((self.path, dict(self.headers.items()), body))
                if receiver.hold:
                    receiver.hold.wait(60)
                failing = receiver.failures > 0
                receiver.failures -= 1 if failing else 0
                try:
                    self.send_response(500 if failing else receiver.status)
                    self.end_headers()
                except OSError:
                    pass  # who asked was killed

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def events(self):
        return [json.loads(body) for _, _, body in self.calls]

    def stop(self):
        if self.hold:
            self.hold.set()
        self.server.shutdown()
        self.server.server_close()


def is_signed(headers, body, secret):
    """As standardwebhooks.com says, with Python's own HMAC."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    good = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return hmac.compare_digest(headers["webhook-signature"], good)
