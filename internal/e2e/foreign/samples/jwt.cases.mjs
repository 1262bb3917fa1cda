// Tokens, of issuers who need no network, and what wraps them.
import {badge, FUTURE, older, PAST} from './badge.mjs';
import {altered, jwt, older as model11} from './expect.mjs';
import {underJWK} from './issuers.mjs';
import {bare, enveloped, forged, libraryToken, movedToken, olderToken, token} from './tokens.mjs';

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];

const ofAlgorithms = ALGORITHMS.flatMap(alg => [
  {
    name: alg.toLowerCase(), how: 'jose, did:jwk, with the claims of Open Badges',
    make: async () => token(badge(), await underJWK(alg)), items: [jwt(alg)]
  },
  {
    name: `v1-${alg.toLowerCase()}`, how: 'jose, the data model 1.1 in the claim "vc"',
    make: async () => olderToken(older(badge()), await underJWK(alg)), items: [jwt(alg, model11)]
  },
  {
    name: `altered-${alg.toLowerCase()}`, how: 'the first, its payload changed afterwards',
    make: async () => forged(await token(badge(), await underJWK(alg)), {payload: {name: 'Diriger une veille'}}),
    items: [jwt(alg, altered)]
  }
]);

const ofLibraries = [
  {
    name: 'v1-es256-did-jwt-vc', how: 'did-jwt-vc, data model 1.1',
    make: async () => libraryToken(older(badge()), await underJWK('ES256')), items: [jwt('ES256', model11)]
  },
  {
    name: 'v1-eddsa-did-jwt-vc', how: 'did-jwt-vc, data model 1.1',
    make: async () => libraryToken(older(badge()), await underJWK('EdDSA')), items: [jwt('EdDSA', model11)]
  },
  {
    name: 'v1-moved', how: 'jose; id, issuer, subject and date only in the claims (VC Data Model 1.1 §6.3.1)',
    make: async () => movedToken(older(badge()), await underJWK('ES256')), items: [jwt('ES256', model11)]
  },
  {
    name: 'vc-jose-cose', how: 'jose; typ vc+jwt, no claim beside the credential',
    make: async () => bare(badge(), await underJWK('ES256')), items: [jwt('ES256')]
  }
];

const ofContent = [
  {
    name: 'expired', how: 'validUntil and exp in 2025',
    make: async () => token(badge({validUntil: PAST}), await underJWK('ES256')),
    items: [jwt('ES256', {verdict: 'expired', checks: {dates: 'failed expired'}})]
  },
  {
    name: 'not-yet', how: 'validFrom and nbf in 2999',
    make: async () => token(badge({validFrom: FUTURE}), await underJWK('ES256')),
    items: [jwt('ES256', {verdict: 'notYetValid', checks: {dates: 'failed notYet'}})]
  },
  {
    name: 'claims-that-differ', how: 'jti is not the id',
    make: async () => token(badge(), await underJWK('ES256'), {claims: {jti: 'urn:example:other'}}),
    items: [jwt('', {verdict: 'invalid', stops: 'form', checks: {form: 'failed claims'}})]
  },
  {
    name: 'alg-none', how: 'the header says none, the signature is gone',
    make: async () => {
      const good = await token(badge(), await underJWK('ES256'));
      return `${forged(good, {header: {alg: 'none'}}).split('.').slice(0, 2).join('.')}.`;
    },
    items: [jwt('', {verdict: 'invalid', stops: 'form', checks: {form: 'failed malformedJWT'}})]
  },
  {
    name: 'key-brought-along', how: 'jwk of the attacker in the header, no kid',
    make: async () => {
      const [named, attacker] = [await underJWK('ES256'), await underJWK('ES256')];
      return token(badge(), {...attacker, did: named.did}, {header: {kid: undefined, jwk: attacker.jwk}});
    },
    items: [jwt('ES256', {verdict: 'invalid', stops: 'proof', checks: {proof: 'failed keyNotPublished'}})]
  },
  {
    name: 'key-of-another', how: 'kid of another did:jwk than the issuer that it names',
    make: async () => {
      const [named, attacker] = [await underJWK('ES256'), await underJWK('ES256')];
      return token(badge(), {...attacker, did: named.did});
    },
    items: [jwt('ES256', {verdict: 'invalid', stops: 'proof', checks: {proof: 'failed keyNotPublished'}})]
  },
  {
    name: 'own-key-in-the-header', how: 'jwk in the header, which is the issuer\'s own',
    make: async () => {
      const issuer = await underJWK('ES256');
      return token(badge(), issuer, {header: {kid: undefined, jwk: issuer.jwk}});
    },
    items: [jwt('ES256')]
  },
  {
    name: 'enveloped', how: 'jose; the token in the id of an EnvelopedVerifiableCredential', extension: 'json',
    make: async () => enveloped(await bare(badge(), await underJWK('ES256'))),
    items: [jwt('ES256', {form: 'enveloped', carrier: 'json', checks: {form: 'ok enveloped'}})]
  },
  {
    name: 'enveloped-altered', how: 'the same, its payload changed afterwards', extension: 'json',
    make: async () => enveloped(forged(await bare(badge(), await underJWK('ES256')), {payload: {name: 'Diriger'}})),
    items: [jwt('ES256', {...altered, form: 'enveloped', carrier: 'json', checks: {...altered.checks, form: 'ok enveloped'}})]
  }
];

export const cases = [...ofAlgorithms, ...ofLibraries, ...ofContent]
  .map(one => ({extension: 'jwt', ...one, name: `jwt/${one.name}`}));

