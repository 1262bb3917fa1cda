// Embedded proofs, one function per way of combining them.
import {randomUUID} from 'node:crypto';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import * as ecdsaJCS from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import * as eddsaJCS from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as ecdsaRDFC} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {cryptosuite as eddsaRDFC} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import jsigs from 'jsonld-signatures';
import {contextLoader} from '../contexts.mjs';
import {FROM, profile} from './badge.mjs';

const documentLoader = await contextLoader();
const purpose = () => new vc.CredentialIssuancePurpose();

// SUITES make a suite for a signer.
const SUITES = {
  'eddsa-rdfc-2022': signer => integrity(signer, eddsaRDFC),
  'eddsa-jcs-2022': signer => integrity(signer, eddsaJCS.createSignCryptosuite()),
  'ecdsa-rdfc-2019': signer => integrity(signer, ecdsaRDFC),
  'ecdsa-jcs-2019': signer => integrity(signer, ecdsaJCS.createSignCryptosuite()),
  'Ed25519Signature2020': signer => new Ed25519Signature2020({signer, date: FROM})
};

function integrity(signer, cryptosuite) {
  return new DataIntegrityProof({signer, cryptosuite, date: FROM});
}

// suiteOf is a suite under the key of an issuer.
export function suiteOf(name, {key}) {
  return SUITES[name](key.signer());
}

// issue writes the issuer into a credential and proves it with each suite in
// turn: several make a set of proofs.
export async function issue(credential, issuer, ...names) {
  return prove({...credential, issuer: profile(issuer.did)}, issuer, ...names);
}

// prove proves a document as it stands.
export async function prove(document, issuer, ...names) {
  let proven = structuredClone(document);
  for (const name of names) {
    proven = await jsigs.sign(proven, {suite: suiteOf(name, issuer), purpose: purpose(), documentLoader});
  }
  return proven;
}

// link proves a document with another proof that covers the proofs before it
// (VC Data Integrity §4.3, Add Proof Set/Chain: the matching proofs stand in the
// document while it is hashed). The library hashes and signs; which document it
// hashes, and previousProof, are set here.
export async function link(document, issuer, name) {
  const proofs = [document.proof].flat().map(one => ({id: `urn:uuid:${randomUUID()}`, ...one}));
  const suite = suiteOf(name, issuer);
  suite.proof = {id: `urn:uuid:${randomUUID()}`, previousProof: proofs.at(-1).id};
  const covered = {...document, proof: [proofs.at(-1)]};
  const proof = await suite.createProof({document: covered, purpose: purpose(), documentLoader});
  return {...document, proof: [...proofs, proof]};
}

// identified proves a document with one proof that has an id, for a chain.
export async function identified(credential, issuer, name) {
  const document = {...structuredClone(credential), issuer: profile(issuer.did)};
  const suite = suiteOf(name, issuer);
  suite.proof = {id: `urn:uuid:${randomUUID()}`};
  const proof = await suite.createProof({document, purpose: purpose(), documentLoader});
  return {...document, proof: [proof]};
}

// present makes a presentation of credentials, signed when a suite is named.
export async function present(verifiableCredential, holder, name) {
  const presentation = vc.createPresentation({verifiableCredential, ...holder && {holder: holder.did}});
  if (!name) {
    return presentation;
  }
  return vc.signPresentation({
    presentation, suite: suiteOf(name, holder), challenge: randomUUID(), documentLoader
  });
}
