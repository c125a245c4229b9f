// Types of the API's answers out of its OpenAPI document: `maru serve --print-openapi | node scripts/schema.mjs > src/api/schema.d.ts`.
// Addresses begin below /o/NAME/api/v1; the fields of single registers are left out, because pages learn them from the server.
import { text } from 'node:stream/consumers';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const prefix = '/o/{organisation}/api/v1';
const document = JSON.parse(await text(process.stdin));

function withoutOrganisation(operation) {
  return { ...operation, parameters: operation.parameters.filter(({ name }) => name !== 'organisation') };
}

function pathOf([path, operations]) {
  const shown = Object.entries(operations).map(([method, operation]) => [method, withoutOrganisation(operation)]);
  return [path.slice(prefix.length), Object.fromEntries(shown)];
}

document.paths = Object.fromEntries(Object.entries(document.paths).map(pathOf));
document.components.schemas = Object.fromEntries(
  Object.entries(document.components.schemas).filter(([name]) => !name.startsWith('FieldsOf')),
);
// Days are more than text: src/time/day.ts.
function transform({ format, type }) {
  if (format !== 'date') return undefined;
  const day = ts.factory.createTypeReferenceNode('Day');
  const nothing = ts.factory.createLiteralTypeNode(ts.factory.createNull());
  return Array.isArray(type) ? ts.factory.createUnionTypeNode([day, nothing]) : day;
}

const inject = "import type { Day } from '../time/day.ts';";
process.stdout.write(`// Made by scripts/schema.mjs. Do not edit.\n${astToString(await openapiTS(document, { transform, inject }))}`);
