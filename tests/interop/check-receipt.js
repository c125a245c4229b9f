// Checks a tlog-proof with the functions of @sigstore/verify: node check-receipt.js RECEIPT ENTRY VKEY...
// Exit code 0 and "OK", or 1 and the reason.
const fs = require('fs');
const path = require('path');
const crypto = require('crypto');
// The packages live in the build folder, where this runs.
const load = (name) => require(path.join(process.cwd(), 'node_modules/@sigstore/verify/dist/tlog', name));
const { verifyCheckpoint } = load('checkpoint.js');
const { verifyMerkleInclusion } = load('merkle.js');

// "name+id+base64(type || key)", c2sp.org/signed-note.
function trusted(vkey) {
  const [name, id, ...rest] = vkey.split('+');
  const key = Buffer.from(rest.join('+'), 'base64').subarray(1);
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
  return { logID: Buffer.from(id, 'hex'), baseURL: name, publicKey: crypto.createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}

// c2sp.org/tlog-proof without extra data.
function parse(receipt) {
  const end = receipt.indexOf('\n\n');
  const [header, index, ...hashes] = receipt.slice(0, end).split('\n');
  if (header !== 'c2sp.org/tlog-proof@v1' || !index.startsWith('index ')) throw new Error('no tlog-proof');
  return { index: index.slice(6), hashes: hashes.map((hash) => Buffer.from(hash, 'base64')), note: receipt.slice(end + 2) };
}

const [receipt, entry, ...vkeys] = process.argv.slice(2);
try {
  const { index, hashes, note } = parse(fs.readFileSync(receipt, 'utf8'));
  const claim = { canonicalizedBody: fs.readFileSync(entry), inclusionProof: { logIndex: index, hashes, checkpoint: { envelope: note } } };
  verifyMerkleInclusion(claim, verifyCheckpoint(claim, vkeys.map(trusted)));
  console.log('OK');
} catch (error) {
  console.error(`FAIL: ${error.message}`);
  process.exit(1);
}
