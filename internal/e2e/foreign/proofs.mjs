// JSON with an embedded Data Integrity proof, by @digitalbazaar's libraries.
import jsigs from 'jsonld-signatures';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as eddsa} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {cryptosuite as ecdsa} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {must} from './bench.mjs';
import {issuerOf} from './content.mjs';

// suites are the cryptographic suites that this judge knows.
export function suites() {
  return [eddsa, ecdsa].map(cryptosuite => new DataIntegrityProof({cryptosuite}));
}

// readJSON opens a JSON credential with exactly one embedded proof.
export function readJSON(text, world) {
  const document = JSON.parse(text);
  must(document !== null && typeof document === 'object' && !Array.isArray(document), 'not an object');
  const {proof, ...content} = document;
  const proofs = [proof].flat().filter(Boolean);
  must(proofs.length === 1, `${proofs.length} proofs, where one was expected`);
  return new EmbeddedProof({document, content, proof: proofs[0], world});
}

class EmbeddedProof {
  constructor(parts) {
    Object.assign(this, parts);
    this.form = `Data Integrity, ${this.proof.cryptosuite}`;
  }

  // checkKey wants a key that the issuer's own document allows to sign.
  async checkKey() {
    const {verificationMethod: method, proofPurpose} = this.proof;
    must(proofPurpose === 'assertionMethod', `proof purpose "${proofPurpose}"`);
    must(typeof method === 'string', 'no verification method');
    await this.world.resolver.assertionMethod(issuerOf(this.content), method);
    return method;
  }

  async checkProof() {
    const {verified, error} = await jsigs.verify(this.document, {
      suite: suites(),
      purpose: new vc.CredentialIssuancePurpose(),
      documentLoader: this.world.documents
    });
    if (!verified) {
      throw error;
    }
    return 'signature over proof options and canonical document';
  }

  // checkBinding puts the whole credential before the W3C credential library,
  // which has rules of its own on dates, types and identifiers. Period and
  // status have their own checks here, so they can't fail this one.
  async checkBinding() {
    const {verified, error} = await vc.verifyCredential({
      credential: this.document,
      suite: suites(),
      documentLoader: this.world.documents,
      checkStatus: async () => ({verified: true}),
      now: within(this.content)
    });
    if (!verified) {
      throw error;
    }
    return 'accepted by @digitalbazaar/vc';
  }
}

// within is an instant at which the credential is valid by its own dates.
function within({validFrom, validUntil}) {
  return new Date(validFrom ?? validUntil ?? 0);
}
