// What a badge comes in: presentations, pictures, addresses, Open Badges 2.0.
import {badge, older} from './badge.mjs';
import {altered, json, jwt, older as model11} from './expect.mjs';
import {ADDRESS, host} from './hosted.mjs';
import {underJWK, underKey} from './issuers.mjs';
import * as pictures from './pictures.mjs';
import {issue, present} from './proofs.mjs';
import {bare, enveloped, forged, libraryPresentation, libraryToken, presentation, token} from './tokens.mjs';

const EDDSA = 'eddsa-rdfc-2022';
const one = async () => issue(badge(), await underKey(), EDDSA);
const shown = (item, more = {}) => ({...item, carrier: 'presentation', ...more});

const presentations = [
  {
    name: 'unsigned', how: 'vc: two credentials, nobody holds them',
    make: async () => present([await one(), await one()]), items: [shown(json(EDDSA)), shown(json(EDDSA))], holder: 'unknown noProof'
  },
  {
    name: 'signed', how: 'vc: signed by its holder with eddsa-rdfc-2022, purpose authentication',
    make: async () => present([await one()], await underKey(), EDDSA), items: [shown(json(EDDSA))], holder: 'ok signed'
  },
  {
    name: 'signed-p256', how: 'vc: signed by its holder with ecdsa-rdfc-2019',
    make: async () => present([await one()], await underKey('P-256'), 'ecdsa-rdfc-2019'),
    items: [shown(json(EDDSA))], holder: 'ok signed'
  },
  {
    name: 'signed-then-changed', how: 'the same, another credential put into it',
    make: async () => ({...await present([await one()], await underKey(), EDDSA), verifiableCredential: [await one()]}),
    items: [shown(json(EDDSA))], holder: 'failed altered'
  },
  {
    name: 'one-spoiled', how: 'vc: a good credential beside a spoiled one',
    make: async () => present([await one(), {...await one(), name: 'Diriger'}]),
    items: [shown(json(EDDSA)), shown(json(EDDSA, altered))], holder: 'unknown noProof'
  },
  {
    name: 'with-a-token', how: 'vc: unsigned, with an EnvelopedVerifiableCredential by jose',
    make: async () => unsigned([enveloped(await bare(badge(), await underJWK('ES256')))]),
    items: [shown(jwt('ES256', {form: 'enveloped', checks: {form: 'ok enveloped'}}))], holder: 'unknown noProof'
  },
  {
    name: 'jwt', how: 'jose: vp+jwt with an enveloped credential', extension: 'jwt',
    make: async () => presentation([enveloped(await bare(badge(), await underJWK('ES256')))], await underJWK('ES256')),
    items: [shown(jwt('ES256', {form: 'enveloped', checks: {form: 'ok enveloped'}}))], holder: 'ok signed'
  },
  {
    name: 'jwt-altered', how: 'the same, its holder changed afterwards', extension: 'jwt',
    make: async () => forged(await presentation([enveloped(await bare(badge(), await underJWK('ES256')))], await underJWK('ES256')),
      {payload: {id: 'urn:example:other'}}),
    items: [shown(jwt('ES256', {form: 'enveloped', checks: {form: 'ok enveloped'}}))], holder: 'failed altered'
  },
  {
    name: 'v1-jwt', how: 'did-jwt-vc: the claim "vp" with a token of the data model 1.1', extension: 'jwt',
    make: async () => libraryPresentation([await libraryToken(older(badge()), await underJWK('ES256'))], await underJWK('EdDSA')),
    items: [shown(jwt('ES256', model11))], holder: 'ok signed'
  }
].map(each => ({...each, name: `presentation/${each.name}`}));

const inPNG = {carrier: 'png'};
const inSVG = {carrier: 'svg'};
const es256 = async () => token(badge(), await underJWK('ES256'));

const baked = [
  {
    name: 'png-json', how: 'pngjs, png-chunks-encode: iTXt openbadgecredential', extension: 'png',
    make: async () => pictures.png(pictures.badge3(JSON.stringify(await one()))), items: [json(EDDSA, inPNG)]
  },
  {
    name: 'png-jwt', how: 'the same with a token', extension: 'png',
    make: async () => pictures.png(pictures.badge3(await es256())), items: [jwt('ES256', inPNG)]
  },
  {
    name: 'png-both-versions', how: 'a badge of 3.0 beside one of 2.0', extension: 'png',
    make: async () => pictures.png(pictures.badge2('https://lieu.example/ob2/assertions/1'), pictures.badge3(await es256())),
    items: [jwt('ES256', inPNG)]
  },
  {
    name: 'png-altered', how: 'the credential renamed before it was baked', extension: 'png',
    make: async () => pictures.png(pictures.badge3(JSON.stringify({...await one(), name: 'Diriger'}))),
    items: [json(EDDSA, {...altered, ...inPNG})]
  },
  {
    name: 'png-nothing', how: 'pngjs: a picture with no badge in it', extension: 'png',
    make: async () => pictures.disc(), problem: 'error.verify.noBadge'
  },
  {
    name: 'png-twice', how: 'two badges of 3.0 in one picture, which the specification forbids', extension: 'png',
    make: async () => pictures.png(pictures.badge3(await es256()), pictures.badge3(await es256())), problem: 'error.baking.twice'
  },
  {
    name: 'svg-json', how: 'hand-written SVG, JSON in CDATA', extension: 'svg',
    make: async () => pictures.svg('3.0', {body: JSON.stringify(await one())}), items: [json(EDDSA, inSVG)]
  },
  {
    name: 'svg-jwt', how: 'hand-written SVG, token in the attribute verify', extension: 'svg',
    make: async () => pictures.svg('3.0', {verify: await es256()}), items: [jwt('ES256', inSVG)]
  }
].map(each => ({...each, name: `baked/${each.name}`}));

const hostedItem = (more = {}) => json('', {
  form: 'hosted', ...more,
  checks: {
    form: 'ok hosted', contexts: 'ok known2', schema: 'ok conform2', proof: 'ok hosted', issuer: 'ok scope',
    subject: 'ok identified', results: 'ok noLevel', status: 'ok notRevoked', ...more.checks
  }
});
const hosts = changes => async world => host(world, changes);

const hosted = [
  {name: 'assertion', how: 'hand-written', make: hosts(), items: [hostedItem()]},
  {
    name: 'recipient', how: 'the address that its hash is of', make: hosts(), options: {recipient: ADDRESS},
    items: [hostedItem({checks: {recipient: 'ok match'}})]
  },
  {
    name: 'recipient-of-another', how: 'another address', make: hosts(), options: {recipient: 'paul@usages.example'},
    items: [hostedItem({verdict: 'invalid', checks: {recipient: 'failed mismatch'}})]
  },
  {
    name: 'revoked', how: 'the assertion answers 410 and "revoked"',
    make: hosts({assertion: {revoked: true, revocationReason: 'Délivré par erreur.'}, status: 410}),
    items: [hostedItem({verdict: 'revoked', checks: {status: 'failed revoked'}})]
  },
  {
    name: 'expired', how: '"expires" in 2025', make: hosts({assertion: {expires: '2025-02-03T09:00:00Z'}}),
    items: [hostedItem({verdict: 'expired', checks: {dates: 'failed expired'}})]
  },
  {
    name: 'other-than-hosted', how: 'the file says something else than its address answers',
    make: async world => ({...await host(world), issuedOn: '2021-01-01T00:00:00Z'}),
    items: [hostedItem({verdict: 'invalid', stops: 'proof', checks: {proof: 'failed differs'}})]
  },
  {
    name: 'elsewhere', how: 'the assertion stands at another origin than its issuer',
    make: hosts({badge: {issuer: 'https://ailleurs.example/ob2/issuer'}}),
    items: [hostedItem({verdict: 'unverifiable', checks: {issuer: 'unknown addressSilent'}})]
  },
  {
    name: 'gone', how: 'nothing answers at its address',
    make: async world => {
      const made = await host(world);
      world.take('/ob2/assertions/1');
      return made;
    },
    items: [hostedItem({verdict: 'unverifiable', checks: {proof: 'unknown addressSilent', issuer: 'unknown addressSilent', status: 'unknown addressSilent'}})]
  },
  {
    name: 'png-address', how: 'png-chunk-text: tEXt "openbadges" with the address', extension: 'png',
    make: async world => pictures.png(pictures.oldest((await host(world)).id)), items: [hostedItem(inPNG)]
  },
  {
    name: 'png-json', how: 'iTXt "openbadges" with the assertion', extension: 'png',
    make: async world => pictures.png(pictures.badge2(JSON.stringify(await host(world)))), items: [hostedItem(inPNG)]
  },
  {
    name: 'svg-address', how: 'hand-written SVG, the address in the attribute verify', extension: 'svg',
    make: async world => pictures.svg('2.0', {verify: (await host(world)).id}), items: [hostedItem(inSVG)]
  },
  {
    name: 'svg-json', how: 'hand-written SVG, the assertion in CDATA', extension: 'svg',
    make: async world => pictures.svg('2.0', {body: JSON.stringify(await host(world))}), items: [hostedItem(inSVG)]
  },
  {
    name: 'address', how: 'the address alone', extension: 'txt',
    make: async world => (await host(world)).id, items: [hostedItem({carrier: 'address'})]
  }
].map(each => ({...each, name: `hosted/${each.name}`}));

const served = async (world, document, type) => world.put('/credentials/1', document, {type});

const addresses = [
  {
    name: 'json', how: 'the address of a credential', extension: 'txt',
    make: async world => served(world, await one(), 'application/vc'), items: [json(EDDSA, {carrier: 'address'})]
  },
  {
    name: 'jwt', how: 'the address of a token', extension: 'txt',
    make: async world => served(world, await es256(), 'application/vc+jwt'), items: [jwt('ES256', {carrier: 'address'})]
  },
  {
    name: 'qr', how: 'qrcode: a picture of the address', extension: 'png',
    make: async world => pictures.qr(await served(world, await one(), 'application/vc')), items: [json(EDDSA, {carrier: 'qr'})]
  }
].map(each => ({...each, name: `address/${each.name}`}));

export const cases = [...presentations, ...baked, ...hosted, ...addresses];

function unsigned(verifiableCredential) {
  return {'@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiablePresentation'], verifiableCredential};
}
