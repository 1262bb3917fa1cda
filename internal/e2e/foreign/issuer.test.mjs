// The judge before an issuer that serves its DID document, its keys and its
// status list, as Ramure does.
import assert from 'node:assert/strict';
import {after, before, beforeEach, test} from 'node:test';
import {judge} from './judge.mjs';
import {startIssuer} from './testissuer.mjs';

const NOW = '2026-11-22T10:00:00Z';
let issuer;
let stranger;

before(async () => {
  issuer = await startIssuer('marges');
  stranger = await startIssuer('ailleurs', issuer);
});
after(() => issuer.close());
beforeEach(async () => {
  issuer.served['/issuers/marges/did.json'] = issuer.didDocument;
  await issuer.publishList();
});

test('both forms of one badge are valid and have one hash', async () => {
  const [json, jwt] = await bothForms();
  assert.equal(json.verdict, 'valid', JSON.stringify(json.checks));
  assert.equal(jwt.verdict, 'valid', JSON.stringify(jwt.checks));
  assert.equal(json.docHash, jwt.docHash);
});

test('both forms are revoked when the bit is set, and only that bit', async () => {
  await issuer.publishList({set: [6, 8]});
  assert.deepEqual((await bothForms()).map(one => one.verdict), ['valid', 'valid']);
  await issuer.publishList({set: [7]});
  assert.deepEqual((await bothForms()).map(one => one.verdict), ['revoked', 'revoked']);
});

test('a list of another issuer is refused', async () => {
  await issuer.publishList({by: stranger});
  await bothFail('status', 'failed');
});

test('a list that is out of date is refused', async () => {
  await issuer.publishList({until: '2026-11-03T00:00:00Z'});
  await bothFail('status', 'failed');
});

test('a list that was touched is refused', async () => {
  issuer.served['/status/1'].credentialSubject.encodedList += 'A';
  await bothFail('status', 'failed');
});

test('a list that is away leaves the credential unverifiable', async () => {
  delete issuer.served['/status/1'];
  const reports = await bothFail('status', 'unknown');
  assert.deepEqual(reports.map(one => one.verdict), ['unverifiable', 'unverifiable']);
});

test('a key that the issuer no longer allows is refused', async () => {
  issuer.served['/issuers/marges/did.json'] = {...issuer.didDocument, assertionMethod: []};
  await bothFail('key', 'failed');
});

test('a document of another identifier is refused', async () => {
  issuer.served['/issuers/marges/did.json'] = {...issuer.didDocument, id: stranger.did};
  await bothFail('key', 'failed');
});

test('a key of another issuer is refused', async () => {
  const badge = {...issuer.badge(), issuer: {id: stranger.did, type: ['Profile']}};
  const json = await ask('json', JSON.stringify(await issuer.signed(badge)));
  assert.equal(statusOf(json, 'key'), 'failed');
  assert.equal(json.verdict, 'invalid');
});

test('a status index that is not a base-10 string is refused', async () => {
  for (const statusListIndex of ['07', '-1', '7.0', '']) {
    const badge = issuer.badge();
    badge.credentialStatus.statusListIndex = statusListIndex;
    const jwt = await ask('jwt', await issuer.token(badge));
    assert.equal(statusOf(jwt, 'status'), 'failed', statusListIndex);
  }
});

test('a token that says what its contexts do not define is refused', async () => {
  const token = await issuer.token({...issuer.badge(), unheardOf: 'of any context'});
  assert.equal(statusOf(await ask('jwt', token), 'document'), 'failed');
});

test('claims that contradict the credential are refused', async () => {
  const badge = issuer.badge();
  for (const change of [{jti: 'urn:x:1'}, {iss: stranger.did}, {nbf: 1}, {sub: 'urn:x:2'}, {exp: 2}]) {
    const token = await issuer.token(badge, change);
    assert.equal(statusOf(await ask('jwt', token), 'binding'), 'failed', JSON.stringify(change));
  }
});

async function bothForms() {
  const badge = issuer.badge();
  return Promise.all([
    ask('json', JSON.stringify(await issuer.signed(badge))),
    ask('jwt', await issuer.token(badge))
  ]);
}

async function bothFail(check, status) {
  const reports = await bothForms();
  assert.deepEqual(reports.map(one => statusOf(one, check)), [status, status]);
  assert.ok(reports.every(one => !one.verified));
  return reports;
}

const ask = (form, document) => judge({form, document, origin: issuer.origin, now: NOW});
const statusOf = (report, check) => report.checks.find(one => one.id === check)?.status;
