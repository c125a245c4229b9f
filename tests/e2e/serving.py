"""A maru server for tests: started on a free port, stopped at the end, spoken to as a browser or a program would."""
import http.client
import json
import re
import subprocess
import threading

from support import CLOCK, MARU


class Server:
    """`maru serve` on organisations; `links` are the one-time links that it printed, by organisation."""

    def __init__(self, *folders, clock=CLOCK, words=()):
        command = [MARU, "--lang", "en"] + (["--clock", clock] if clock else [])
        command += ["serve", *map(str, folders), "--listen", "127.0.0.1:0", "--link", *words]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.log = []
        self._reader = threading.Thread(target=self._read_log, daemon=True)
        self._reader.start()
        self.links, self.address = {}, None
        while len(self.links) < max(1, len(folders)):
            line = self.process.stdout.readline()
            if not line:
                self.process.wait(timeout=10)
                self._reader.join(timeout=10)
                raise AssertionError("the server did not start:\n" + "".join(self.log))
            found = re.match(r"(https?://[^/]+)/o/([a-z0-9-]+)/link#(\S+)", line)
            if found:
                self.address = found[1]
                self.links[found[2]] = found[3]

    def _read_log(self):
        for line in self.process.stderr:
            self.log.append(line)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)
        self._reader.join(timeout=10)
        self.process.stdout.close()
        self.process.stderr.close()
        return self.process.returncode

    def client(self, organisation=None):
        return Client(self.address, organisation or next(iter(self.links)))


class Client:
    """One visitor with a cookie jar of its own."""

    def __init__(self, address, organisation):
        self.address, self.organisation, self.cookie, self.token = address, organisation, None, None
        self.connection = http.client.HTTPConnection(address.split("//")[1], timeout=60)

    def request(self, method, path, body=None, headers=(), base=None):
        """Returns (status, headers, body): JSON where the answer is JSON, else bytes."""
        base = f"/o/{self.organisation}/api/v1" if base is None else base
        sent = {"Accept-Language": "en", "Origin": self.address, **dict(headers)}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if self.token:
            sent["Authorization"] = "Bearer " + self.token
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        self.connection.request(method, base + path, body=body, headers=sent)
        answer = self.connection.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookie = value.split(";")[0]
        if "json" in (answer.getheader("Content-Type") or ""):
            content = json.loads(content)
        return answer.status, dict((name.lower(), value) for name, value in answer.getheaders()), content

    def get(self, path, **more):
        return self.request("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.request("POST", path, body={} if body is None else body, **more)

    def patch(self, path, body, **more):
        return self.request("PATCH", path, body=body, **more)
