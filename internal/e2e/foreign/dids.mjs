// DID documents: did:web from the server under test, did:key and did:jwk from
// the identifier itself.
import * as jose from './jose.mjs';

const DID_CONTEXT = 'https://www.w3.org/ns/did/v1';
const MULTIKEY_CONTEXT = 'https://w3id.org/security/multikey/v1';

export class Resolver {
  #known = new Map();

  constructor({addresses}) {
    this.addresses = addresses;
  }

  // resolve returns the DID document of an identifier.
  async resolve(did) {
    if (!this.#known.has(did)) {
      this.#known.set(did, this.#document(did));
    }
    return this.#known.get(did);
  }

  // dereference returns a DID document, or the one verification method that a
  // DID URL names, with its context, as the proof libraries expect it.
  async dereference(url) {
    const [did, fragment] = url.split('#');
    const document = await this.resolve(did);
    if (fragment === undefined) {
      return document;
    }
    return {'@context': MULTIKEY_CONTEXT, ...method(document, url)};
  }

  // assertionMethod returns a verification method that the document allows to
  // sign credentials; anything else is refused.
  async assertionMethod(did, url) {
    const document = await this.resolve(did);
    if (!(document.assertionMethod ?? []).includes(url)) {
      throw new Error(`"${url}" is not an assertionMethod of "${did}"`);
    }
    const found = method(document, url);
    for (const end of ['revoked', 'expires']) {
      if (found[end] !== undefined) {
        throw new Error(`"${url}" has "${end}": ${found[end]}`);
      }
    }
    return found;
  }

  // publicKeys returns the JWK of every assertionMethod that has one.
  async publicKeys(did) {
    const document = await this.resolve(did);
    const allowed = document.assertionMethod ?? [];
    return (document.verificationMethod ?? [])
      .filter(one => allowed.includes(one.id) && one.publicKeyJwk)
      .map(one => one.publicKeyJwk);
  }

  async #document(did) {
    const [scheme, name] = did.split(':', 2);
    const makers = {key: fromKey, jwk: fromJWK, web: one => this.#fromWeb(one)};
    if (scheme !== 'did' || !Object.hasOwn(makers, name)) {
      throw new Error(`"${did}" is of no method known here`);
    }
    return makers[name](did);
  }

  // did:web: host[%3Aport][:path…] becomes {base}/path/did.json.
  async #fromWeb(did) {
    const [host, ...segments] = did.slice('did:web:'.length).split(':').map(decodeURIComponent);
    const folder = segments.length > 0 ? segments.join('/') : '.well-known';
    const scheme = new URL(this.addresses.base ?? 'https://none.invalid').protocol;
    const document = await this.addresses.json(
      `${scheme}//${host}/${folder}/did.json`, 'application/did+json, application/json');
    if (document.id !== did) {
      throw new Error(`the document of "${did}" calls itself "${document.id}"`);
    }
    return document;
  }
}

function method(document, url) {
  const found = (document.verificationMethod ?? []).find(one => one.id === url);
  if (!found) {
    throw new Error(`"${document.id}" has no verification method "${url}"`);
  }
  if (found.controller !== document.id) {
    throw new Error(`"${url}" is controlled by "${found.controller}"`);
  }
  return found;
}

function fromKey(did) {
  const publicKeyMultibase = did.slice('did:key:'.length);
  const id = `${did}#${publicKeyMultibase}`;
  const key = {id, type: 'Multikey', controller: did, publicKeyMultibase};
  return {
    '@context': [DID_CONTEXT, MULTIKEY_CONTEXT],
    id: did, verificationMethod: [key], assertionMethod: [id], authentication: [id]
  };
}

function fromJWK(did) {
  const encoded = did.slice('did:jwk:'.length);
  const publicKeyJwk = JSON.parse(new TextDecoder().decode(jose.base64url.decode(encoded)));
  const id = `${did}#0`;
  const key = {id, type: 'JsonWebKey', controller: did, publicKeyJwk};
  return {'@context': [DID_CONTEXT], id: did, verificationMethod: [key], assertionMethod: [id]};
}
