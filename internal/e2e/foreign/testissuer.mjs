// An issuer of badges on loopback, made of the libraries alone, so that the
// judge can be tested on did:web, key addresses and status lists.
import http from 'node:http';
import * as vc from '@digitalbazaar/vc';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createCredential, createList} from '@digitalbazaar/vc-bitstring-status-list';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair} from 'jose';
import {contextLoader} from './contexts.mjs';

const LENGTH = 131072;

// startIssuer serves {path: document} from its member `served`, which tests may
// change; given a neighbour, it moves in on the neighbour's server.
export async function startIssuer(slug, neighbour) {
  const {server, served} = neighbour ?? await startServer();
  const {port} = server.address();
  const issuer = new Issuer({
    slug, server, served,
    origin: `http://127.0.0.1:${port}`,
    did: `did:web:127.0.0.1%3A${port}:issuers:${slug}`
  });
  await issuer.publishKeys();
  return issuer;
}

async function startServer() {
  const served = {};
  const server = http.createServer((request, response) => {
    const known = Object.hasOwn(served, request.url);
    response.writeHead(known ? 200 : 404, {'content-type': 'application/json'});
    response.end(JSON.stringify(known ? served[request.url] : {}));
  });
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  return {server, served};
}

class Issuer {
  constructor(parts) {
    Object.assign(this, parts);
  }

  close() {
    return new Promise(done => this.server.close(done));
  }

  async publishKeys() {
    const {did, served, slug, origin} = this;
    this.key = await Ed25519Multikey.generate({controller: did, id: `${did}#proof`});
    this.pair = await generateKeyPair('ES256', {extractable: true});
    const jwk = await exportJWK(this.pair.publicKey);
    const thumbprint = await calculateJwkThumbprint(jwk);
    this.kid = `${origin}/keys/${thumbprint}`;
    served[`/keys/${thumbprint}`] = jwk;
    const methods = [
      await this.key.export({publicKey: true}),
      {id: `${did}#${thumbprint}`, type: 'JsonWebKey', controller: did, publicKeyJwk: jwk}
    ];
    served[`/issuers/${slug}/did.json`] = this.didDocument = {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: did, verificationMethod: methods, assertionMethod: methods.map(one => one.id)
    };
  }

  // badge is an unsigned credential with a status entry.
  badge(index = 7) {
    const list = `${this.origin}/status/1`;
    return {
      '@context': ['https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
      id: `${this.origin}/credentials/one`,
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      issuer: {id: this.did, type: ['Profile'], name: 'Atelier des marges (lieu fictif)'},
      validFrom: '2026-11-02T09:00:00Z',
      name: 'Organiser sa veille',
      credentialSubject: {
        id: 'urn:uuid:7b1d9a60-1111-4222-8333-944445555666',
        type: ['AchievementSubject'],
        achievement: {
          id: `${this.origin}/achievements/veille`, type: ['Achievement'],
          name: 'Organiser sa veille', description: 'Trier des informations utiles.',
          criteria: {narrative: 'Trois sources suivies.'}
        }
      },
      credentialStatus: {
        id: `${list}#${index}`, type: 'BitstringStatusListEntry', statusPurpose: 'revocation',
        statusListIndex: String(index), statusListCredential: list
      }
    };
  }

  async signed(credential) {
    const suite = new DataIntegrityProof({signer: this.key.signer(), cryptosuite});
    const contexts = await contextLoader();
    return vc.issue({credential: structuredClone(credential), suite, documentLoader: contexts});
  }

  // token is the VC-JWT of a credential; claims overrides what it says.
  async token(credential, claims = {}) {
    const payload = {
      ...credential, iss: this.did, jti: credential.id, sub: credential.credentialSubject.id,
      nbf: Date.parse(credential.validFrom) / 1000,
      ...claims
    };
    return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
      .setProtectedHeader({alg: 'ES256', typ: 'JWT', kid: this.kid})
      .sign(this.pair.privateKey);
  }

  // publishList signs a status list in which the given bits are set.
  async publishList({set = [], until = '2999-01-01T00:00:00Z', by = this} = {}) {
    const list = await createList({length: LENGTH});
    set.forEach(index => list.setStatus(index, true));
    const unsigned = await createCredential({
      id: `${this.origin}/status/1`, list, statusPurpose: 'revocation'
    });
    this.served['/status/1'] = await by.signed({
      ...unsigned, issuer: by.did, validFrom: '2026-11-02T09:00:00Z', validUntil: until
    });
  }
}
