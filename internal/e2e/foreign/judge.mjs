// The judgement of one credential: named checks, and a verdict.
import {Addresses} from './addresses.mjs';
import {Bench, Refusal} from './bench.mjs';
import {checkDocument, docHash} from './content.mjs';
import {contextLoader} from './contexts.mjs';
import {Resolver} from './dids.mjs';
import {readJSON} from './proofs.mjs';
import {checkStatus} from './status.mjs';
import {readJWT} from './tokens.mjs';
import {tools} from './tools.mjs';

const READERS = {json: readJSON, jwt: readJWT};
const SKEW = 5 * 60 * 1000; // milliseconds, as VC verifiers allow

// judge takes {form: 'json'|'jwt', document, origin?, base?, contexts?, now?}
// and returns {verified, verdict, form, id, docHash, checks, tools}. verdict is
// valid, invalid, revoked, notYetValid, expired or unverifiable; each check is
// {id, status: 'ok'|'failed'|'unknown', detail}.
export async function judge(request) {
  const world = await worldOf(request);
  const bench = new Bench();
  let credential;
  await bench.check('form', () => {
    credential = READERS[request.form](request.document, world);
    return credential.form;
  });
  if (credential) {
    await checkAll(bench, credential, world);
  }
  const {checks, verdict} = bench;
  return {
    verified: verdict === 'valid', verdict, form: request.form,
    ...await identity(credential, world), checks, tools: await tools()
  };
}

async function checkAll(bench, credential, world) {
  const {content} = credential;
  await bench.check('document', () => checkDocument(content, world));
  await bench.check('key', () => credential.checkKey());
  await bench.check('proof', () => credential.checkProof());
  await bench.check('binding', () => credential.checkBinding());
  await bench.check('dates', () => checkDates(content, world.now));
  await bench.check('status', () => checkStatus(content, world));
}

// checkDates compares the validity period with the clock.
function checkDates({validFrom, validUntil}, now) {
  if (validFrom && !(Date.parse(validFrom) - now <= SKEW)) {
    throw new Refusal(`valid from ${validFrom}`, 'notYetValid');
  }
  if (validUntil && !(now - Date.parse(validUntil) <= SKEW)) {
    throw new Refusal(`valid until ${validUntil}`, 'expired');
  }
  return `within its validity at ${now.toISOString()}`;
}

// identity is what the report says of the credential itself; a document that
// can't be canonicalised has no hash.
async function identity(credential, world) {
  if (!credential) {
    return {};
  }
  const hash = await docHash(credential.content, world).catch(() => undefined);
  return {id: credential.content.id, docHash: hash};
}

// worldOf is everything outside the credential that the checks may ask.
async function worldOf({origin, base, contexts, now}) {
  const contextsOnly = await contextLoader(contexts);
  const addresses = new Addresses({origin, base});
  const resolver = new Resolver({addresses});
  return {
    addresses, resolver, contextsOnly,
    documents: documentLoader({contextsOnly, addresses, resolver}),
    now: now ? new Date(now) : new Date()
  };
}

// documentLoader answers contexts from the files, DIDs by resolution, and any
// other address by a fetch from the server under test.
function documentLoader({contextsOnly, addresses, resolver}) {
  return async url => {
    if (contextsOnly.has(url)) {
      return contextsOnly(url);
    }
    const document = url.startsWith('did:') ?
      await resolver.dereference(url) : await addresses.json(url);
    return {contextUrl: null, documentUrl: url, document};
  };
}
