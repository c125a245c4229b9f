"""The description of the API is one: a public validator takes it, and a client made from it by others compiles."""
import json
import os
import pathlib
import tempfile
import unittest

from support import node_packages, run

MARU = os.environ["MARU_BINARY"]
WEB = pathlib.Path(__file__).resolve().parents[2] / "web"

VALIDATE = """
import { Validator } from '@seriousme/openapi-schema-validator';
import { readFileSync } from 'node:fs';
const validator = new Validator();
const result = await validator.validate(JSON.parse(readFileSync(process.argv[2], 'utf8')));
console.log(JSON.stringify({ valid: result.valid, version: validator.version, errors: result.errors }));
"""

CLIENT = """
import createClient from 'openapi-fetch';
import type { components, paths } from './api';

const client = createClient<paths>({ baseUrl: 'http://127.0.0.1:8080' });

export async function firstDevice(): Promise<components['schemas']['Record'] | undefined> {
  const { data, error } = await client.GET('/o/{organisation}/api/v1/registers/{register}/records', {
    params: { path: { organisation: 'sample', register: 'device' }, query: { limit: 1 } },
  });
  if (error) throw new Error(error.detail);
  return data.records[0];
}

export async function rename(id: string, name: string): Promise<number> {
  const { data, error } = await client.PATCH('/o/{organisation}/api/v1/registers/{register}/records/{id}', {
    params: { path: { organisation: 'sample', register: 'department', id } },
    body: { fields: { name } },
  });
  if (error) throw new Error(error.detail);
  return data.version;
}
"""

WRONG = CLIENT.replace("data.records[0]", "data.recrods[0]")


class OpenApi(unittest.TestCase):
    def setUp(self):
        self.packages = node_packages()
        self._folder = tempfile.TemporaryDirectory(prefix="openapi-", dir=self.packages)
        self.folder = pathlib.Path(self._folder.name)
        done = run(MARU, "serve", "--print-openapi")
        self.assertEqual(0, done.returncode, done.stderr)
        self.document = self.folder / "openapi.json"
        self.document.write_text(done.stdout)

    def tearDown(self):
        self._folder.cleanup()

    def validate(self, document):
        script = self.folder / "validate.mjs"
        script.write_text(VALIDATE)
        done = run("node", script, document)
        self.assertEqual(0, done.returncode, done.stderr)
        return json.loads(done.stdout)

    def test_a_public_validator_accepts_it(self):
        self.assertEqual({"valid": True, "version": "3.1"}, {k: v for k, v in self.validate(self.document).items() if k != "errors"})

    def test_the_validator_would_have_found_a_mistake(self):
        document = json.loads(self.document.read_text())
        del document["info"]["title"]
        broken = self.folder / "broken.json"
        broken.write_text(json.dumps(document))
        self.assertFalse(self.validate(broken)["valid"])

    def test_the_web_interface_is_written_against_it(self):
        # Copied to where its libraries lie: Node looks for them beside the script.
        script = self.folder / "schema.mjs"
        script.write_text((WEB / "scripts/schema.mjs").read_text())
        made = run("node", script, input=self.document.read_text())
        self.assertEqual(0, made.returncode, made.stderr)
        self.assertTrue(made.stdout == (WEB / "src/api/schema.d.ts").read_text(), "run: cd web && npm run schema (README.md), with maru in the PATH")

    def compile(self, client):
        made = run("node", self.packages / "node_modules/openapi-typescript/bin/cli.js", self.document, "-o", self.folder / "api.d.ts")
        self.assertEqual(0, made.returncode, made.stderr)
        (self.folder / "client.ts").write_text(client)
        return run("node", self.packages / "node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--skipLibCheck", "--target", "es2022",
                   "--module", "esnext", "--moduleResolution", "bundler", self.folder / "client.ts")

    def test_a_client_made_from_it_compiles(self):
        done = self.compile(CLIENT)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)

    def test_the_client_knows_what_answers_hold(self):
        self.assertIn("recrods", self.compile(WRONG).stdout)


if __name__ == "__main__":
    unittest.main()
