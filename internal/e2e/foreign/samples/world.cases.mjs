// Badges that ask the network: issuers under did:web and https, lists of
// statuses, a newer version.
import {badge, EXTENSIONS, PAST, profile, V2, BADGE} from './badge.mjs';
import {altered, json, jwt} from './expect.mjs';
import {tokenKey, underKey, underWeb} from './issuers.mjs';
import {bits, INDEX, revocations} from './lists.mjs';
import {issue} from './proofs.mjs';
import {token} from './tokens.mjs';

const EDDSA = 'eddsa-rdfc-2022';
const extended = {'@context': [V2, BADGE, EXTENSIONS]};

const ofWeb = [
  {
    name: 'web', how: 'did:web, Ed25519',
    make: async world => issue(badge(), await underWeb(world), EDDSA), items: [json(EDDSA)]
  },
  {
    name: 'web-p256', how: 'did:web, P-256',
    make: async world => issue(badge(), await underWeb(world, {curve: 'P-256'}), 'ecdsa-rdfc-2019'),
    items: [json('ecdsa-rdfc-2019')]
  },
  {
    name: 'web-jwt', how: 'did:web, kid a DID URL', extension: 'jwt',
    make: async world => token(badge(), await underWeb(world, {alg: 'RS256'})), items: [jwt('RS256')]
  },
  {
    name: 'web-key-elsewhere', how: 'did:web, kid an https address that answers a bare JWK', extension: 'jwt',
    make: async world => {
      const issuer = await underWeb(world, {alg: 'ES256'});
      return token(badge(), {...issuer, kid: world.put(`/keys/${issuer.thumbprint}`, issuer.jwk, {type: 'application/jwk+json'})});
    },
    items: [jwt('ES256')]
  },
  {
    name: 'https-key', how: 'an issuer whose id is an https address, kid an address of the same origin that answers a bare JWK',
    extension: 'jwt', make: world => underAddress(world, issuer => world.put('/keys/1', issuer.jwk, {type: 'application/jwk+json'})),
    items: [jwt('RS256')]
  },
  {
    name: 'https-key-set', how: 'the same, the address answers a JWK set', extension: 'jwt',
    make: world => underAddress(world, issuer => {
      const set = world.put('/jwks.json', {keys: [{...issuer.jwk, kid: issuer.thumbprint}]}, {type: 'application/jwk-set+json'});
      return `${set}#${issuer.thumbprint}`;
    }),
    items: [jwt('RS256')]
  },
  {
    name: 'web-not-for-assertions', how: 'the key stands in the document, but not under assertionMethod',
    make: async world => issue(badge(), await underWeb(world, {change: one => ({...one, assertionMethod: []})}), EDDSA),
    items: [json(EDDSA, {verdict: 'invalid', stops: 'proof', checks: {proof: 'failed keyNotPublished'}})]
  },
  {
    name: 'web-key-revoked', how: 'the key has "revoked" in the past',
    make: async world => issue(badge(), await underWeb(world, {change: ended('revoked')}), EDDSA),
    items: [json(EDDSA, {verdict: 'invalid', checks: {issuer: 'failed keyRevoked'}})]
  },
  {
    name: 'web-key-expired', how: 'the key has "expires" in the past',
    make: async world => issue(badge(), await underWeb(world, {change: ended('expires')}), EDDSA),
    items: [json(EDDSA, {verdict: 'invalid', checks: {issuer: 'failed keyExpired'}})]
  },
  {
    name: 'web-document-of-another', how: 'the document calls itself otherwise',
    make: async world => issue(badge(), await underWeb(world, {change: one => ({...one, id: world.did('autre')})}), EDDSA),
    items: [json(EDDSA, {verdict: 'invalid', stops: 'proof', checks: {proof: 'failed keyNotPublished'}})]
  },
  {
    name: 'web-gone', how: 'nothing answers at the address of the document',
    make: async world => {
      const document = await issue(badge(), await underWeb(world), EDDSA);
      world.take('/issuers/atelier/did.json');
      return document;
    },
    items: [json(EDDSA, {verdict: 'unverifiable', checks: {proof: 'unknown unreachable', issuer: 'unknown unreachable'}})]
  },
  {
    name: 'web-altered', how: 'did:web, the name changed afterwards',
    make: async world => ({...await issue(badge(), await underWeb(world), EDDSA), name: 'Diriger une veille'}),
    items: [json(EDDSA, altered)]
  }
].map(one => ({...one, name: `issuer/${one.name}`}));

// ofLists have a status; listed makes the entry, or several.
const ofLists = [
  ['bits-clear', 'neither revoked nor suspended', entry('revocation'), 'ok notRevoked'],
  ['bits-revoked', 'the bit is set', entry('revocation', {set: [INDEX]}), 'failed revoked', 'revoked'],
  ['bits-neighbours', 'the bits beside it are set', entry('revocation', {set: [INDEX - 1, INDEX + 1]}), 'ok notRevoked'],
  ['bits-suspended', 'the bit of a list for suspension is set', entry('suspension', {set: [INDEX]}), 'failed suspended', 'suspended'],
  ['bits-not-suspended', 'the bit of a list for suspension is clear', entry('suspension'), 'ok notRevoked'],
  ['bits-stale', 'the list is past its validity', entry('revocation', {until: PAST}), 'unknown stale', 'unverifiable'],
  ['bits-short', 'a list of 1,024 entries', entry('revocation', {length: 1024}), 'unknown unreadable', 'unverifiable'],
  ['bits-of-another', 'the list is signed by another issuer', async (world, issuer) =>
    bits(world, issuer, 'revocation', {by: await underKey()}), 'failed otherIssuer', 'invalid'],
  ['bits-gone', 'nothing answers at the address of the list', async (world, issuer) => {
    const made = await bits(world, issuer, 'revocation');
    world.take('/etats/revocation');
    return made;
  }, 'unknown unreachable', 'unverifiable'],
  ['two-lists-clear', 'one list for revocation and one for suspension', (world, issuer) => Promise.all([
    bits(world, issuer, 'revocation'), bits(world, issuer, 'suspension')]), 'ok notRevoked'],
  ['two-lists-suspended', 'the same, suspended', (world, issuer) => Promise.all([
    bits(world, issuer, 'revocation'), bits(world, issuer, 'suspension', {set: [INDEX]})]), 'failed suspended', 'suspended'],
  ['two-lists-revoked', 'the same, revoked and suspended', (world, issuer) => Promise.all([
    bits(world, issuer, 'suspension', {set: [INDEX]}), bits(world, issuer, 'revocation', {set: [INDEX]})]), 'failed revoked', 'revoked'],
  ['1edtech-clear', 'a list of 1EdTech that names another', (world, issuer) =>
    revocations(world, issuer, [{id: 'urn:uuid:00000000-0000-4000-8000-000000000000', revoked: true}]), 'ok notRevoked'],
  ['1edtech-revoked', 'a list of 1EdTech that names it', (world, issuer, id) =>
    revocations(world, issuer, [{id, revoked: true, revocationReason: 'Délivré par erreur.'}]), 'failed revoked', 'revoked'],
  ['1edtech-named-only', 'a list that names it without "revoked": listed is revoked', (world, issuer, id) =>
    revocations(world, issuer, [{id}]), 'failed revoked', 'revoked'],
  ['1edtech-restored', 'a list that names it with "revoked": false', (world, issuer, id) =>
    revocations(world, issuer, [{id, revoked: false}]), 'ok notRevoked'],
  ['1edtech-of-another', 'a list of another issuer', async (world, issuer, id) =>
    revocations(world, await underKey(), [{id}]), 'failed otherIssuer', 'invalid'],
  ['both-clear', 'a bit and a list of 1EdTech', async (world, issuer) => [
    await bits(world, issuer, 'revocation'), revocations(world, issuer, [])], 'ok notRevoked'],
  ['both-one-revoked', 'the same, in the list only', async (world, issuer, id) => [
    await bits(world, issuer, 'revocation'), revocations(world, issuer, [{id}])], 'failed revoked', 'revoked'],
  ['both-one-gone', 'the same, the list gone', async (world, issuer) => {
    const entries = [await bits(world, issuer, 'revocation'), revocations(world, issuer, [])];
    world.take('/etats/revocations.json');
    return entries;
  }, 'unknown unreachable', 'unverifiable']
].map(([name, how, listed, check, verdict]) => ({
  name: `status/${name}`, how: `vc-bitstring-status-list or hand-written: ${how}`,
  make: async world => {
    const [issuer, content] = [await underKey(), badge(extended)];
    return issue({...content, credentialStatus: await listed(world, issuer, content.id)}, issuer, EDDSA);
  },
  items: [json(EDDSA, {verdict, checks: {status: check}})]
}));

// ofRefresh name an address that answers the latest version.
const ofRefresh = [
  ['same', 'the same version', async one => one, {refresh: 'ok current'}],
  ['newer', 'a version of a later date, which replaces it', async (one, again) =>
    again({validFrom: '2025-02-01T09:00:00Z', name: 'Organiser sa veille, deuxième version'}), {refresh: 'ok newer'}],
  ['newer-altered', 'a later version that is not validly signed: the first one stands', async (one, again) =>
    ({...await again({validFrom: '2025-02-01T09:00:00Z'}), name: 'Diriger'}), {refresh: 'unknown unreadable'}],
  ['of-another', 'a valid badge of another issuer: the first one stands', async () =>
    issue(badge(), await underKey(), EDDSA), {refresh: 'unknown otherBadge'}],
  ['gone', 'nothing answers', async () => undefined, {refresh: 'unknown unreachable'}]
].map(([name, how, latest, checks]) => ({
  name: `refresh/${name}`, how: `1EdTechCredentialRefresh, hand-written: ${how}`,
  make: async world => {
    const issuer = await underKey();
    const content = {...badge(extended), refreshService: {id: `${world.base}/actuel/1`, type: '1EdTechCredentialRefresh'}};
    const first = await issue(content, issuer, EDDSA);
    const found = await latest(first, changes => issue({...content, ...changes}, issuer, EDDSA));
    if (found) {
      world.put('/actuel/1', found, {type: 'application/vc+ld+json'});
    }
    return first;
  },
  items: [json(EDDSA, {checks})]
}));

export const cases = [...ofWeb, ...ofLists, ...ofRefresh];

function entry(purpose, options) {
  return (world, issuer) => bits(world, issuer, purpose, options);
}

// underAddress is a token of an issuer whose id is the address of its profile.
async function underAddress(world, publish) {
  const issuer = await tokenKey('RS256');
  const did = `${world.base}/issuers/atelier`;
  world.put('/issuers/atelier', profile(did));
  return token(badge(), {...issuer, did, kid: publish(issuer)});
}

function ended(member) {
  return document => ({...document, verificationMethod: document.verificationMethod.map(one => ({...one, [member]: PAST}))});
}
