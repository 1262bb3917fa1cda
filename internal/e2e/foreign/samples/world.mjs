// The world that a sample needs: what its addresses answer.

export class World {
  #served = {};

  // base is the one origin of this world, without a slash at its end.
  constructor(base) {
    this.base = base;
  }

  // put publishes a document under a path, and gives its address.
  put(path, document, {status, type = 'application/json'} = {}) {
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    this.#served[this.base + path] = {type, text, ...status && {status}};
    return this.base + path;
  }

  // take makes an address answer that there is nothing.
  take(path) {
    delete this.#served[this.base + path];
  }

  // did is the did:web identifier of an issuer of this world.
  did(slug) {
    return `did:web:${encodeURIComponent(new URL(this.base).host)}:issuers:${slug}`;
  }

  // served is {address: {type, text, status?}}, undefined when nothing is.
  get served() {
    return Object.keys(this.#served).length > 0 ? this.#served : undefined;
  }
}
