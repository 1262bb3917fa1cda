// Issuers of samples, with keys that are made for one sample and then forgotten.
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {base64url, calculateJwkThumbprint, exportJWK, generateKeyPair} from '../jose.mjs';

const CONTEXTS = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'];

// multikey makes a key pair of a curve: Ed25519, P-256 or P-384.
export function multikey(curve, ids = {}) {
  return curve === 'Ed25519' ? Ed25519Multikey.generate(ids) : EcdsaMultikey.generate({curve, ...ids});
}

// underKey is an issuer whose identifier is its key (did:key).
export async function underKey(curve = 'Ed25519') {
  const key = await multikey(curve);
  key.controller = `did:key:${key.publicKeyMultibase}`;
  key.id = `${key.controller}#${key.publicKeyMultibase}`;
  return {did: key.controller, key, curve};
}

// underJWK is an issuer of tokens whose identifier is its key (did:jwk).
export async function underJWK(alg) {
  const pair = await tokenKey(alg);
  const did = `did:jwk:${base64url.encode(new TextEncoder().encode(JSON.stringify(pair.jwk)))}`;
  return {did, kid: `${did}#0`, ...pair};
}

// tokenKey is a key pair of one algorithm, its public half as a JWK.
export async function tokenKey(alg) {
  const {publicKey, privateKey} = await generateKeyPair(alg, {extractable: true, modulusLength: 3072});
  const jwk = await exportJWK(publicKey);
  return {alg, privateKey, jwk, thumbprint: await calculateJwkThumbprint(jwk)};
}

// underWeb is an issuer that a world serves the document of (did:web): an Ed25519
// key for proofs, and a key for tokens when alg names one. change may spoil the
// document before it is published.
export async function underWeb(world, {slug = 'atelier', curve = 'Ed25519', alg, change = document => document} = {}) {
  const did = world.did(slug);
  const key = await multikey(curve, {controller: did, id: `${did}#preuve`});
  const methods = [await key.export({publicKey: true})];
  const token = alg && {...await tokenKey(alg), kid: `${did}#jeton`};
  if (token) {
    methods.push({id: token.kid, type: 'JsonWebKey', controller: did, publicKeyJwk: token.jwk});
  }
  const document = {
    '@context': CONTEXTS, id: did, verificationMethod: methods, assertionMethod: methods.map(one => one.id)
  };
  world.put(`/issuers/${slug}/did.json`, change(document), {type: 'application/did+json'});
  return {did, key, curve, ...token};
}
