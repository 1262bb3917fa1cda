// The judge before credentials that other implementations signed, and before
// the same credentials spoiled: whatever was changed, none may pass.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {test} from 'node:test';
import {judge} from './judge.mjs';

const NOW = '2026-11-22T10:00:00Z';
const JSON_SAMPLES = [
  'eddsa-rdfc-2022-did-key', 'ecdsa-rdfc-2019-p256-did-key', 'ecdsa-rdfc-2019-p384-did-key'
];
const JWT_SAMPLES = ['vc-jwt-rs256-did-jwk', 'vc-jwt-es256-did-jwk'];

for (const name of JSON_SAMPLES) {
  test(`${name} is valid`, async () => valid('json', await sample(`${name}.json`)));
}
for (const name of JWT_SAMPLES) {
  test(`${name} is valid`, async () => valid('jwt', await sample(`${name}.jwt`)));
}

test('every changed value of a JSON credential is refused', async () => {
  const spoilt = changedValues(JSON.parse(await sample(`${JSON_SAMPLES[0]}.json`)));
  assert.ok(spoilt.length > 40, `only ${spoilt.length} changes were made`);
  await allRefused(spoilt);
});

test('every added member of a JSON credential is refused', async () => {
  const spoilt = addedMembers(JSON.parse(await sample(`${JSON_SAMPLES[0]}.json`)));
  assert.ok(spoilt.length > 10, `only ${spoilt.length} members were added`);
  await allRefused(spoilt);
});

test('a JSON credential with a stranger as issuer is refused by its key', async () => {
  const [one, other] = await Promise.all(
    JSON_SAMPLES.slice(0, 2).map(async name => JSON.parse(await sample(`${name}.json`))));
  one.issuer.id = other.issuer.id;
  const report = await ask('json', JSON.stringify(one));
  assert.equal(report.verdict, 'invalid');
  assert.deepEqual(failed(report), ['key', 'proof', 'binding']);
});

test('every changed character of a JWT is refused', async () => {
  const token = (await sample(`${JWT_SAMPLES[1]}.jwt`)).trim();
  const last = token.length - 1;
  for (const i of [...Array(last).keys()].filter(one => one % 5 === 0).concat(last)) {
    const other = token[i] === 'A' ? 'B' : 'A';
    await refused('jwt', token.slice(0, i) + other + token.slice(i + 1), `character ${i}`);
  }
});

test('a JWT header can choose neither no algorithm nor another key', async () => {
  const [header, payload, signature] = (await sample(`${JWT_SAMPLES[1]}.jwt`)).trim().split('.');
  const fields = JSON.parse(Buffer.from(header, 'base64url'));
  const changes = [{alg: 'none'}, {alg: 'HS256'}, {kid: 'did:jwk:e30#0'}, {typ: 'at+jwt'},
    {jku: 'https://keys.example/'}, {crit: ['b64'], b64: false}, {kid: undefined}];
  for (const change of changes) {
    const changed = Buffer.from(JSON.stringify({...fields, ...change})).toString('base64url');
    await refused('jwt', `${changed}.${payload}.${signature}`, JSON.stringify(change));
    await refused('jwt', `${changed}.${payload}.`, JSON.stringify(change));
  }
});

test('a credential before its time is not yet valid', async () => {
  const document = await sample(`${JSON_SAMPLES[0]}.json`);
  const report = await judge({form: 'json', document, now: '2026-11-01T00:00:00Z'});
  assert.equal(report.verdict, 'notYetValid');
  assert.deepEqual(failed(report), ['dates']);
});

// changedValues makes one copy of the document per leaf, with that leaf changed.
function changedValues(document) {
  return paths(document).filter(path => typeof at(document, path) !== 'object')
    .map(path => edited(document, path.slice(0, -1), parent => {
      parent[path.at(-1)] = `${parent[path.at(-1)]}x`;
    }));
}

// addedMembers makes one copy per object, with one more member in that object.
function addedMembers(document) {
  return paths(document).filter(path => isObject(at(document, path)))
    .map(path => edited(document, path, object => {
      object.unheardOf = 'of any context';
    }));
}

function paths(value, path = []) {
  const below = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return [path, ...below.flatMap(key => paths(value[key], [...path, key]))];
}

function edited(document, path, edit) {
  const copy = structuredClone(document);
  edit(at(copy, path));
  return JSON.stringify(copy);
}

const at = (value, path) => path.reduce((one, key) => one[key], value);
const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);
const sample = name => readFile(new URL(`./testdata/${name}`, import.meta.url), 'utf8');
const ask = (form, document) => judge({form, document, now: NOW});
const failed = report => report.checks.filter(one => one.status === 'failed').map(one => one.id);

async function valid(form, document) {
  const report = await ask(form, document);
  assert.deepEqual(failed(report), []);
  assert.equal(report.verdict, 'valid');
  assert.match(report.docHash, /^[0-9a-f]{64}$/);
}

async function allRefused(documents) {
  for (const document of documents) {
    await refused('json', document, document);
  }
}

async function refused(form, document, what) {
  const report = await ask(form, document);
  assert.equal(report.verified, false, what);
  assert.equal(report.verdict, 'invalid', what);
}
