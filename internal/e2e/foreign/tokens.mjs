// VC-JWT, by jose.
import * as jose from './jose.mjs';
import {must} from './bench.mjs';
import {issuerOf} from './content.mjs';

const TYPES = [undefined, 'JWT', 'vc+jwt', 'vc+ld+jwt'];
const ALGORITHMS = {
  'RSA': ['RS256', 'PS256'],
  'P-256': ['ES256'],
  'P-384': ['ES384'],
  'Ed25519': ['EdDSA', 'Ed25519']
};
// The claims that the envelope adds to the credential.
const CLAIMS = ['iss', 'jti', 'sub', 'nbf', 'exp', 'iat', 'aud'];

// readJWT opens a compact token without trusting anything in it.
export function readJWT(text, world) {
  const token = text.trim();
  const parts = token.split('.');
  must(parts.length === 3 && parts.every(canonical), 'not three parts in canonical base64url');
  const header = jose.decodeProtectedHeader(token);
  must(TYPES.includes(header.typ), `typ "${header.typ}"`);
  for (const name of ['jku', 'x5u', 'x5c', 'crit', 'b64']) {
    must(header[name] === undefined, `header "${name}"`);
  }
  const payload = JSON.parse(new TextDecoder().decode(jose.base64url.decode(parts[1])));
  must(payload.vc === undefined, 'claim "vc" of the first data model');
  const content = Object.fromEntries(
    Object.entries(payload).filter(([name]) => !CLAIMS.includes(name)));
  return new Token({token, header, payload, content, world});
}

class Token {
  constructor(parts) {
    Object.assign(this, parts);
    this.form = `VC-JWT, ${this.header.alg}`;
  }

  // checkKey wants the key named by kid to be one that the issuer publishes
  // for assertions, and the algorithm to be one of that key's own.
  async checkKey() {
    const jwk = await this.#key();
    const thumbprint = await jose.calculateJwkThumbprint(jwk);
    const published = await this.world.resolver.publicKeys(issuerOf(this.content));
    const thumbprints = await Promise.all(published.map(one => jose.calculateJwkThumbprint(one)));
    must(thumbprints.includes(thumbprint), `the issuer does not publish the key ${thumbprint}`);
    const allowed = ALGORITHMS[jwk.kty === 'RSA' ? 'RSA' : jwk.crv] ?? [];
    must(allowed.includes(this.header.alg), `"${this.header.alg}" is not for this key`);
    return `key ${thumbprint}`;
  }

  async checkProof() {
    const {alg} = this.header;
    const key = await jose.importJWK(await this.#key(), alg);
    await jose.compactVerify(this.token, key, {algorithms: [alg]});
    return 'signature over header and payload';
  }

  // checkBinding compares the claims with the members that they repeat
  // (Open Badges 3.0 §8.2.4).
  async checkBinding() {
    const {payload, content} = this;
    const wanted = {
      iss: issuerOf(content),
      jti: content.id,
      sub: content.credentialSubject?.id,
      nbf: seconds(content.validFrom),
      exp: seconds(content.validUntil)
    };
    for (const [claim, value] of Object.entries(wanted)) {
      const lenient = this.header.typ !== 'JWT' && payload[claim] === undefined;
      must(lenient || payload[claim] === value, `claim "${claim}" is ${payload[claim]}, not ${value}`);
    }
    return 'claims equal to the members that they repeat';
  }

  // #key is the JWK that kid names: a DID URL, or an address that answers a
  // bare JWK and ends in its thumbprint.
  async #key() {
    const {kid} = this.header;
    must(typeof kid === 'string', 'no kid');
    if (kid.startsWith('did:')) {
      const did = kid.split('#')[0];
      return (await this.world.resolver.assertionMethod(did, kid)).publicKeyJwk;
    }
    const jwk = await this.world.addresses.json(kid, 'application/jwk+json, application/json');
    const thumbprint = await jose.calculateJwkThumbprint(jwk);
    must(kid.endsWith(`/${thumbprint}`), `"${kid}" answers the key ${thumbprint}`);
    return jwk;
  }
}

// canonical refuses the other spellings of the same bytes, which decoders read.
function canonical(part) {
  return jose.base64url.encode(jose.base64url.decode(part)) === part;
}

function seconds(date) {
  return date === undefined ? undefined : Date.parse(date) / 1000;
}
