"""Checks a receipt, and the record disclosed beside it, without maru: Python's own library, and openssl for the signature.
    python3 check-receipt.py FILE.tlog-proof FILE.json KEY       KEY: name+id+base64, or a file that holds it
Formats: c2sp.org/tlog-proof, c2sp.org/signed-note, c2sp.org/tlog-checkpoint, RFC 9162 section 2.1; the record: receipt.md."""
import base64, hashlib, json, os, pathlib, re, struct, subprocess, sys, tempfile

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def expect(holds, what):
    if not holds: sys.exit("FAIL: " + what)

def signed_text(note, vkey):
    """The text of a signed note, once openssl has verified the signature by this Ed25519 key."""
    text, lines = note.rsplit("\n\n", 1)
    name, key_id, key = vkey.split("+", 2)
    key = base64.b64decode(key)
    expect(key[0] == 1 and sha(name.encode(), b"\n", key)[:4].hex() == key_id, "the key is malformed")
    signatures = [base64.b64decode(line.split(" ")[2]) for line in lines.splitlines() if line.split(" ")[1] == name]
    ours = [signature[4:] for signature in signatures if signature[:4].hex() == key_id]
    expect(ours, "the checkpoint is not signed by " + name)
    with tempfile.TemporaryDirectory() as folder:
        path = lambda file: os.path.join(folder, file)
        for file, data in {"key": bytes.fromhex("302a300506032b6570032100") + key[1:], "text": text.encode() + b"\n", "signature": ours[0]}.items():
            pathlib.Path(path(file)).write_bytes(data)
        done = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", path("key"), "-rawin",
                               "-in", path("text"), "-sigfile", path("signature")], capture_output=True)
    expect(done.returncode == 0, "the signature of " + name + " is wrong")
    return text

def root_from_path(index, size, node, path):
    """RFC 9162 section 2.1.3.2."""
    expect(index < size, "the index lies outside the log")
    last = size - 1
    for sibling in path:
        expect(last > 0, "the path is too long")
        if index & 1 or index == last:
            node = sha(b"\1", sibling, node)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            node = sha(b"\1", node, sibling)
        index, last = index >> 1, last >> 1
    expect(last == 0, "the path is too short")
    return node

def merkle_root(hashes):
    if len(hashes) < 2: return hashes[0] if hashes else sha()
    half = 1 << (len(hashes) - 1).bit_length() - 1
    return sha(b"\1", merkle_root(hashes[:half]), merkle_root(hashes[half:]))

def canonical(value):
    if value is None: return b"\0"
    if isinstance(value, int): return b"\1" + struct.pack(">q", value)
    if isinstance(value, str): return b"\2" + value.encode()
    return b"\4" + b"".join(struct.pack(">Q", len(item)) + item for item in map(canonical, value))

def commitment(field):
    if "commitment" in field: return bytes.fromhex(field["commitment"])
    value, number = canonical(field["value"]), struct.pack(">I", field["number"])
    return sha(b"maru-commit-v1", number, bytes.fromhex(field["salt"]), struct.pack(">Q", len(value)), value)

receipt, disclosed, key = sys.argv[1:]
key = pathlib.Path(key).read_text().strip() if os.path.exists(key) else key
head, note = pathlib.Path(receipt).read_bytes().decode().split("\n\n", 1)
header, index, *path = [line for line in head.split("\n") if not line.startswith("extra ")]
expect(header == "c2sp.org/tlog-proof@v1", "no tlog-proof")
origin, size, root = signed_text(note, key).split("\n")[:3]
record = json.loads(pathlib.Path(disclosed).read_bytes())
envelope = json.loads(record["envelope"])
expect(origin == key.split("+")[0], "another log")
leaf = sha(b"\0", record["envelope"].encode())
expect(root_from_path(int(index.split(" ")[1]), int(size), leaf, map(base64.b64decode, path)) == base64.b64decode(root), "the entry is not at this place of the log")
expect(all(record[name] == envelope[name] for name in ("register", "record", "version")), "the record is another one than the entry's")
expect(json.dumps(record, ensure_ascii=False, indent=1) + "\n" == pathlib.Path(disclosed).read_bytes().decode(), "the record is not in its one written form")
fields = record["fields"]
names = [field["name"] for field in fields or []]
expect(len(names) == len(set(names)) and all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in names), "a field's name is malformed or there twice")
if fields is not None and (fields or "commitment" in envelope):
    expect([field["number"] for field in fields] == sorted({field["number"] for field in fields}), "fields are out of order")
    expect(merkle_root([commitment(field) for field in fields]).hex() == envelope.get("commitment"), "the fields are not what was recorded")
print(f"OK origin={origin} {index.replace(' ', '=')} size={size} at={envelope['at']} kind={envelope['kind']} register={record['register']} "
      f"record={record['record']} version={record['version']} opened={sum('salt' in field for field in fields or [])} fields={len(fields or [])}")
