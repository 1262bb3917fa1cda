// Issuers of did:key and did:jwk that are made of the libraries alone.
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as ecdsa} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {cryptosuite as eddsa} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {base64url, CompactSign, exportJWK, generateKeyPair} from './jose.mjs';

const CURVES = ['Ed25519', 'P-256', 'P-384'];
const ALGORITHMS = ['ES256', 'ES384', 'EdDSA', 'RS256'];

// provers make proofs, one per curve.
export function provers(documentLoader) {
  return Promise.all(CURVES.map(async curve => {
    const key = curve === 'Ed25519' ? await Ed25519Multikey.generate() : await EcdsaMultikey.generate({curve});
    key.controller = `did:key:${key.publicKeyMultibase}`;
    key.id = `${key.controller}#${key.publicKeyMultibase}`;
    return new Prover({curve, key, did: key.controller, documentLoader});
  }));
}

class Prover {
  constructor(parts) {
    Object.assign(this, parts);
  }

  suite() {
    const cryptosuite = this.curve === 'Ed25519' ? eddsa : ecdsa;
    return new DataIntegrityProof({signer: this.key.signer(), cryptosuite});
  }

  issue(credential) {
    const {documentLoader, did} = this;
    return vc.issue({credential: {...credential, issuer: did}, suite: this.suite(), documentLoader});
  }

  present(credentials, {challenge, domain}) {
    const presentation = vc.createPresentation({verifiableCredential: credentials, holder: this.did});
    return vc.signPresentation({
      presentation, suite: this.suite(), challenge, domain, documentLoader: this.documentLoader
    });
  }
}

// tokenMakers make VC-JWTs, one per algorithm, with a did:jwk each.
export function tokenMakers() {
  return Promise.all(ALGORITHMS.map(async alg => {
    const {publicKey, privateKey} = await generateKeyPair(alg, {extractable: true});
    const jwk = new TextEncoder().encode(JSON.stringify(await exportJWK(publicKey)));
    return new TokenMaker({alg, privateKey, did: `did:jwk:${base64url.encode(jwk)}`});
  }));
}

class TokenMaker {
  constructor(parts) {
    Object.assign(this, parts);
  }

  async issue(credential) {
    const payload = {...credential, issuer: this.did};
    return enveloped('EnvelopedVerifiableCredential', 'vc', await this.#sign(payload, 'vc'));
  }

  async present(verifiableCredential, {challenge, domain}) {
    const payload = {
      '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiablePresentation'],
      holder: this.did, verifiableCredential, nonce: challenge, aud: domain
    };
    return enveloped('EnvelopedVerifiablePresentation', 'vp', await this.#sign(payload, 'vp'));
  }

  #sign(payload, kind) {
    return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
      .setProtectedHeader({alg: this.alg, typ: `${kind}+jwt`, cty: kind, kid: `${this.did}#0`})
      .sign(this.privateKey);
  }
}

function enveloped(type, kind, token) {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: `data:application/${kind}+jwt,${token}`, type
  };
}
