#!/usr/bin/env node
// Other people's libraries and Ramure's VC API adapter, each before what the
// other issued.
//
//   node vcapi.mjs https://127.0.0.1:PORT
//
// It prints one JSON list of {what, error?}, and exits 1 if there is an error.
import http from 'node:http';
import * as vc from '@digitalbazaar/vc';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as lists from '@digitalbazaar/vc-bitstring-status-list';
import {Adapter} from './adapter.mjs';
import {must} from './bench.mjs';
import {contextLoader} from './contexts.mjs';
import {Resolver} from './dids.mjs';
import * as jose from './jose.mjs';
import {suites} from './proofs.mjs';
import {provers, tokenMakers} from './strangers.mjs';

const V1 = 'https://www.w3.org/2018/credentials/v1';
const V2 = 'https://www.w3.org/ns/credentials/v2';
const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2';
const WHERE = {challenge: '1d40a2a2', domain: 'https://verifier.example'};
const ANOTHER = {challenge: 'another', domain: WHERE.domain};

const adapter = new Adapter(process.argv[2]);
const resolver = new Resolver({addresses: {}});
const contextsOnly = await contextLoader();
const results = [];

async function attempt(what, act) {
  try {
    await act();
    results.push({what});
  } catch (error) {
    results.push({what, error: error.stack});
  }
}

// credentials are without an issuer; each has something that canonicalisation
// may treat in its own way.
function credentials() {
  const plain = {
    '@context': [V2], id: 'urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff5', type: ['VerifiableCredential'],
    issuer: 'did:example:anybody', credentialSubject: {id: 'did:example:subject'}
  };
  return {
    plain,
    'terms of the examples context': {
      ...plain, '@context': [V2, EXAMPLES], type: ['VerifiableCredential', 'ExampleDegreeCredential'],
      credentialSubject: [
        {id: 'did:example:one', degree: {type: 'ExampleBachelorDegree', name: 'Lettres', credits: 180}},
        {alumniOf: {id: 'did:example:school', isOpen: true, mark: 14.5}}
      ]
    },
    'language and direction': {
      ...plain, validFrom: '2025-01-02T03:04:05+01:00',
      name: [{'@value': 'شارة', '@language': 'ar', '@direction': 'rtl'}, {'@value': 'Badge', '@language': 'fr'}],
      description: {'@value': 'Sans sens', '@language': 'fr-FR'}
    },
    'types of the data model': {
      ...plain, '@context': [V2, EXAMPLES], validUntil: '2999-01-01T00:00:00Z',
      credentialSchema: [{id: 'https://schemas.example/a.json', type: 'ExampleSchema'}],
      evidence: {id: 'https://proof.example/1', type: ['ExampleEvidence'], note: 'vu'},
      termsOfUse: [{type: 'ExamplePolicy', rule: ['a', 'b']}],
      refreshService: {id: 'https://refresh.example/', type: 'ExampleRefresh'}
    },
    'a context inside': {
      ...plain, '@context': [V2, {shelf: 'https://words.example/shelf', row: {'@id': 'https://words.example/row', '@container': '@list'}}],
      credentialSubject: {id: 'did:example:subject', shelf: 'B', row: ['x', 'y', 'x']}
    },
    'data model 1.1': {
      '@context': [V1], id: plain.id, type: ['VerifiableCredential'], issuer: plain.issuer,
      issuanceDate: '2025-01-02T03:04:05Z', credentialSubject: {id: 'did:example:subject'}
    }
  };
}

function presentation(verifiableCredential) {
  return {'@context': [V2], type: ['VerifiablePresentation'], holder: 'did:example:anybody', verifiableCredential};
}

// loader answers contexts from the files, DIDs from themselves, and addresses of
// this machine by a fetch.
async function loader(url) {
  if (contextsOnly.has(url)) {
    return contextsOnly(url);
  }
  let document;
  if (url === EXAMPLES) {
    document = {'@context': {'@vocab': 'https://www.w3.org/ns/credentials/examples#'}};
  } else if (url.startsWith('did:')) {
    document = await resolver.dereference(url);
  } else {
    must(['127.0.0.1', 'localhost'].includes(new URL(url).hostname), `"${url}" is elsewhere`);
    document = await (await fetch(url, {headers: {accept: 'application/vc'}})).json();
  }
  return {contextUrl: null, documentUrl: url, document};
}

// proof judges what the adapter proves.
const proof = {
  async credential({id, prefix}, credential) {
    const issued = await adapter.issue(prefix, credential);
    must(issued.issuer === id, `issued by ${issued.issuer}`);
    await provenThere(issued);
  },
  async presentation({id, prefix}) {
    const credential = await adapter.issue(prefix, credentials().plain);
    const shown = await adapter.prove(prefix, presentation([credential]), WHERE);
    must(shown.holder === id, `presented by ${shown.holder}`);
    await agreed(await shownThere(shown, WHERE), 'as it is');
    await refused(await shownThere(shown, ANOTHER), 'another challenge');
    await refused(await shownThere({...shown, id: 'urn:example:other'}, WHERE), 'another id');
    const other = {...credential, id: 'urn:example:other'};
    await refused(await shownThere({...shown, verifiableCredential: [other]}, WHERE), 'another credential');
  }
};

// token judges what the adapter puts into tokens.
const token = {
  async credential({id, prefix, tags}, credential) {
    const issued = await adapter.issue(prefix, credential);
    const {header, payload} = await openedThere(issued, 'EnvelopedVerifiableCredential', 'vc', id);
    must(tags.includes(header.alg), `alg ${header.alg}`);
    same(payload, {...credential, issuer: id});
  },
  async presentation({id, prefix}) {
    const credential = await adapter.issue(prefix, credentials().plain);
    const shown = await adapter.prove(prefix, presentation([credential]), WHERE);
    const {payload} = await openedThere(shown, 'EnvelopedVerifiablePresentation', 'vp', id);
    must(payload.holder === id, `presented by ${payload.holder}`);
    must(payload.nonce === WHERE.challenge, `nonce ${payload.nonce}`);
    must([payload.aud].flat().includes(WHERE.domain), `aud ${payload.aud}`);
    same(payload.verifiableCredential, [credential]);
  }
};

// provenThere puts a credential before the library, and spoils it.
async function provenThere(credential) {
  const ask = changes => vc.verifyCredential({
    credential: {...credential, ...changes}, suite: suites(), documentLoader: loader, checkStatus: lists.checkStatus
  });
  agreed(await ask({}), 'as it is');
  refused(await ask({id: 'urn:example:other'}), 'another id');
}

function shownThere(shown, where) {
  return vc.verify({
    presentation: shown, suite: suites(), documentLoader: loader, checkStatus: lists.checkStatus, ...where
  });
}

function agreed({verified, error, said}, what) {
  must(verified, `${what}: refused: ${said ?? JSON.stringify(error?.errors?.map(String) ?? String(error))}`);
}

function refused({verified}, what) {
  must(verified === false, `${what}: accepted`);
}

// openedThere verifies the token inside of an envelope.
async function openedThere(envelope, type, kind, did) {
  must(envelope.type === type && envelope['@context'] === V2 || [envelope['@context']].flat()[0] === V2, 'no envelope');
  const [media, text] = envelope.id.split(',');
  must(media === `data:application/${kind}+jwt`, `media type ${media}`);
  const header = jose.decodeProtectedHeader(text);
  must(header.typ === `${kind}+jwt` && header.cty === kind, `header ${JSON.stringify(header)}`);
  must(header.kid.startsWith(`${did}#`), `kid ${header.kid}`);
  const method = await resolver.assertionMethod(did, header.kid);
  const key = await jose.importJWK(await jwkOf(method), header.alg);
  const {payload} = await jose.compactVerify(text, key, {algorithms: [header.alg]});
  return {header, payload: JSON.parse(new TextDecoder().decode(payload))};
}

async function jwkOf(method) {
  if (method.publicKeyJwk) {
    return method.publicKeyJwk;
  }
  const curve = method.publicKeyMultibase.startsWith('z6Mk') ? Ed25519Multikey : EcdsaMultikey;
  return curve.toJwk({keyPair: await curve.from(method)});
}

function same(got, wanted) {
  const [a, b] = [got, wanted].map(sorted);
  must(a === b, `${a}, not ${b}`);
}

// sorted is the JSON of a value, whatever the order of its members.
function sorted(value) {
  return JSON.stringify(value, (_, inner) => inner !== null && typeof inner === 'object' && !Array.isArray(inner) ?
    Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a < b ? -1 : 1)) : inner);
}

// theirStatus has the library read a list of the adapter, before and after.
async function theirStatus() {
  const credential = await adapter.issue('/bitstring-status-list', credentials().plain);
  const ask = () => lists.checkStatus({credential, documentLoader: loader, suite: suites()});
  const before = await ask();
  agreed(before, 'before');
  must(before.results.every(one => one.status === false), 'set from the start');
  const {status, body} = await adapter.post('/credentials/status', {
    credentialId: credential.id, indexAllocator: undefined, credentialStatus: [credential.credentialStatus].flat()[0], status: true
  });
  must(status === 200, `status: ${status} ${JSON.stringify(body)}`);
  const after = await ask();
  must(after.results.some(one => one.status === true), `still clear: ${JSON.stringify(after)}`);
  refused(await adapter.holds('verifiableCredential', credential), 'a revoked one, here');
}

// readHere has the adapter read a credential from there, and the same spoiled.
async function readHere(stranger, credential) {
  const issued = await stranger.issue(credential);
  agreed(await adapter.holds('verifiableCredential', issued), 'as it is');
  refused(await adapter.holds('verifiableCredential', spoiled(issued)), 'spoiled');
}

// spoiled changes an id, or the signature of a token.
function spoiled(document) {
  if (!document.id?.startsWith('data:')) {
    return {...document, id: 'urn:example:other'};
  }
  const at = document.id.lastIndexOf('.') + 8;
  const other = document.id[at] === 'A' ? 'B' : 'A';
  return {...document, id: document.id.slice(0, at) + other + document.id.slice(at + 1)};
}

async function presentedHere(stranger) {
  const shown = await stranger.present([await stranger.issue(credentials().plain)], WHERE);
  const ask = (document, where) => adapter.holds('verifiablePresentation', document, where);
  agreed(await ask(shown, WHERE), 'as it is');
  agreed(await ask(shown, undefined), 'nothing expected');
  refused(await ask(shown, ANOTHER), 'another challenge');
  refused(await ask(shown, {...WHERE, domain: 'https://elsewhere.example'}), 'another domain');
  refused(await ask(spoiled(shown), WHERE), 'spoiled');
}

// statusHere serves a list of the stranger's, which the adapter fetches.
async function statusHere(stranger) {
  const list = await lists.createList({length: 131072});
  list.setStatus(9, true);
  const server = http.createServer((_, response) => {
    response.writeHead(200, {'content-type': 'application/vc'}).end(server.answer);
  });
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  const id = `http://127.0.0.1:${server.address().port}/lists/1`;
  const unsigned = await lists.createCredential({id, list, statusPurpose: 'revocation'});
  server.answer = JSON.stringify(await stranger.issue(unsigned));
  try {
    for (const [index, check] of [[8, agreed], [9, refused]]) {
      const credential = await stranger.issue({
        ...credentials().plain, credentialStatus: {
          id: `${id}#${index}`, type: 'BitstringStatusListEntry', statusPurpose: 'revocation',
          statusListIndex: `${index}`, statusListCredential: id
        }
      });
      check(await adapter.holds('verifiableCredential', credential), `bit ${index}`);
    }
  } finally {
    server.closeAllConnections?.();
    await new Promise(done => server.close(done));
  }
}

for (const issuer of await adapter.issuers()) {
  const judge = issuer.tags.includes('vc-jwt') ? token : proof;
  for (const [name, credential] of Object.entries(credentials())) {
    if (judge === proof || !name.includes('1.1')) {
      await attempt(`${issuer.prefix} issues, ${name}`, () => judge.credential(issuer, credential));
    }
  }
  await attempt(`${issuer.prefix} presents`, () => judge.presentation(issuer));
}
await attempt('a status of the adapter, read there', theirStatus);

for (const stranger of await provers(loader)) {
  for (const [name, credential] of Object.entries(credentials())) {
    await attempt(`${stranger.curve} from there, ${name}`, () => readHere(stranger, credential));
  }
  await attempt(`${stranger.curve} from there, presented`, () => presentedHere(stranger));
  await attempt(`${stranger.curve} from there, with a status`, () => statusHere(stranger));
}
for (const stranger of await tokenMakers()) {
  await attempt(`${stranger.alg} from there`, () => readHere(stranger, credentials().plain));
  await attempt(`${stranger.alg} from there, presented`, () => presentedHere(stranger));
}

process.stdout.write(JSON.stringify(results, null, 2) + '\n');
process.exitCode = results.some(one => one.error) ? 1 : 0;

