// An S3 server for tests: node s3-server.js FOLDER BUCKET... s3rver stores and answers; before it the signature of every
// request is computed anew by aws4, and the hash of its body. Prints the port that it listens on.
const http = require('http');
const path = require('path');
const crypto = require('crypto');
// The packages live in the build folder, where this runs.
const load = (name) => require(path.join(process.cwd(), 'node_modules', name));
const S3rver = load('s3rver');
const aws4 = load('aws4');

const secrets = { S3RVER: 'S3RVER' };
const region = 'ap-northeast-1';

// What is wrong with a request, as S3 calls it.
function fault(request, body) {
  const given = request.headers.authorization || '';
  const [, key, day, zone, names] = given.match(/^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=[0-9a-f]{64}$/) || [];
  if (!key) return 'AccessDenied';
  if (!secrets[key]) return 'InvalidAccessKeyId';
  if (zone !== region) return 'AuthorizationHeaderMalformed';
  const signed = names.split(';');
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => signed.includes(name)) || !request.headers['x-amz-date'].startsWith(day)) return 'AccessDenied';
  if (request.headers['x-amz-content-sha256'] !== crypto.createHash('sha256').update(body).digest('hex')) return 'XAmzContentSHA256Mismatch';
  const headers = Object.fromEntries(signed.map((name) => [name, request.headers[name]]));
  const again = aws4.sign({ service: 's3', region: zone, method: request.method, path: request.url, host: headers.host, headers }, { accessKeyId: key, secretAccessKey: secrets[key] });
  const signature = (text) => text.slice(text.indexOf('Signature='));
  return signature(again.headers.Authorization) === signature(given) ? '' : 'SignatureDoesNotMatch';
}

function forward(request, body, response, port) {
  const inner = http.request({ port, host: '127.0.0.1', method: request.method, path: request.url, headers: request.headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  inner.end(body);
}

async function main([directory, ...names]) {
  const store = new S3rver({ directory, address: '127.0.0.1', port: 0, silent: true, serviceEndpoint: 'localhost', configureBuckets: names.map((name) => ({ name })) });
  const { port } = await store.run();
  const front = http.createServer((request, response) => {
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      const code = fault(request, body);
      if (!code) return forward(request, body, response, port);
      response.writeHead(code === 'AuthorizationHeaderMalformed' ? 400 : 403, { 'Content-Type': 'application/xml' });
      response.end(request.method === 'HEAD' ? '' : `<?xml version="1.0"?>\n<Error><Code>${code}</Code><Message>no</Message><Region>${region}</Region></Error>`);
    });
  });
  front.listen(0, '127.0.0.1', () => console.log(front.address().port));
}

main(process.argv.slice(2));
