// Tokens: VC-JWT and VP-JWT in the forms of both data models, by jose and, for
// the older one, by did-jwt-vc.
import {createVerifiableCredentialJwt, createVerifiablePresentationJwt} from 'did-jwt-vc';
import {base64url, CompactSign} from '../jose.mjs';
import {profile, V2} from './badge.mjs';

// token is the VC-JWT of a credential of the data model 2.0 (Open Badges 3.0
// §8.2): the credential and the claims that repeat it. header and claims come
// over what would be written; undefined takes a member out.
export function token(credential, issuer, {header = {}, claims = {}} = {}) {
  const content = {...credential, issuer: profile(issuer.did)};
  return sign({...content, ...repeated(content), ...claims}, issuer, {typ: 'JWT', ...header});
}

// bare is the VC-JWT of VC-JOSE-COSE: no claim beside the credential.
export function bare(credential, issuer) {
  return sign({...credential, issuer: profile(issuer.did)}, issuer, {typ: 'vc+jwt', cty: 'vc'});
}

// olderToken is the VC-JWT of a credential of the data model 1.1, in the claim
// "vc", by jose.
export function olderToken(credential, issuer) {
  const content = {...credential, issuer: profile(issuer.did)};
  return sign({...repeated(content), vc: content}, issuer, {typ: 'JWT'});
}

// movedToken leaves out of "vc" what the claims say (VC Data Model 1.1 §6.3.1).
export function movedToken({id, issuanceDate, credentialSubject, ...rest}, issuer) {
  const {id: sub, ...about} = credentialSubject;
  const claims = {iss: issuer.did, jti: id, sub, nbf: seconds(issuanceDate)};
  return sign({...claims, vc: {...rest, credentialSubject: about}}, issuer, {typ: 'JWT'});
}

// libraryToken is the same form by did-jwt-vc.
export function libraryToken(credential, issuer) {
  const content = {...credential, issuer: profile(issuer.did)};
  return createVerifiableCredentialJwt({...repeated(content), vc: content}, signer(issuer), {header: {kid: issuer.kid}});
}

// libraryPresentation is a VP-JWT of the data model 1.1 by did-jwt-vc.
export function libraryPresentation(verifiableCredential, holder) {
  const vp = {'@context': ['https://www.w3.org/2018/credentials/v1'], type: ['VerifiablePresentation'], verifiableCredential};
  return createVerifiablePresentationJwt({vp}, signer(holder), {header: {kid: holder.kid}});
}

// presentation is a VP-JWT of VC-JOSE-COSE.
export function presentation(verifiableCredential, holder) {
  const payload = {'@context': [V2], type: ['VerifiablePresentation'], holder: holder.did, verifiableCredential};
  return sign(payload, holder, {typ: 'vp+jwt', cty: 'vp'});
}

// enveloped puts a token into an object (VC Data Model 2.0 §4.13).
export function enveloped(text, kind = 'vc') {
  const type = kind === 'vc' ? 'EnvelopedVerifiableCredential' : 'EnvelopedVerifiablePresentation';
  return {'@context': [V2], id: `data:application/${kind}+jwt,${text}`, type: [type]};
}

// sign signs any payload under any header.
export function sign(payload, {alg, kid, privateKey}, header) {
  const members = Object.entries({alg, kid, ...header}).filter(([, value]) => value !== undefined);
  return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader(Object.fromEntries(members)).sign(privateKey);
}

// forged puts another header or payload before a signature.
export function forged(text, {header, payload}) {
  const parts = text.split('.');
  const changed = [header, payload].map((change, i) => change ? encode({...decode(parts[i]), ...change}) : parts[i]);
  return [...changed, parts[2]].join('.');
}

const encode = value => base64url.encode(new TextEncoder().encode(JSON.stringify(value)));
const decode = part => JSON.parse(new TextDecoder().decode(base64url.decode(part)));

// repeated are the claims that Open Badges asks for.
function repeated(content) {
  const until = content.validUntil ?? content.expirationDate;
  return {
    iss: content.issuer.id, jti: content.id, sub: content.credentialSubject.id,
    nbf: seconds(content.validFrom ?? content.issuanceDate), ...until && {exp: seconds(until)}
  };
}

// signer is an issuer as did-jwt-vc wants it: jose's key signs what it is given.
function signer({did, alg, privateKey}) {
  const kinds = {
    ES256: {name: 'ECDSA', hash: 'SHA-256'}, ES384: {name: 'ECDSA', hash: 'SHA-384'}, EdDSA: {name: 'Ed25519'}
  };
  const sign = async data => {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    return base64url.encode(new Uint8Array(await crypto.subtle.sign(kinds[alg], privateKey, bytes)));
  };
  return {did, alg, signer: sign};
}

const seconds = date => Math.floor(Date.parse(date) / 1000);
