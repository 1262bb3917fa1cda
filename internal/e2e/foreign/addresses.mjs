// Fetching from the one server under test, on loopback, and from nowhere else.

const TIMEOUT = 5000; // milliseconds
const LIMIT = 2 * 1024 * 1024; // bytes of an answer
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

export class Addresses {
  // origin is where the server listens (http://127.0.0.1:8080); base is the
  // public address that its documents bear (https://badges.example).
  constructor({origin, base}) {
    this.origin = origin && new URL(origin).origin;
    this.base = base ? new URL(base).origin : this.origin;
    if (this.origin && !LOOPBACK.includes(new URL(this.origin).hostname)) {
      throw new Error(`origin "${origin}" is not on this machine`);
    }
  }

  // json fetches a document by its public address.
  async json(url, accept = 'application/vc, application/json') {
    const answer = await fetch(this.local(url), {
      headers: {accept},
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT)
    });
    if (answer.status !== 200) {
      throw new Error(`"${url}" answered ${answer.status}`);
    }
    return JSON.parse(await limited(answer));
  }

  // local turns a public address into the one to call.
  local(url) {
    const asked = new URL(url);
    if (!this.base || asked.origin !== this.base) {
      throw new Error(`"${url}" is not an address of ${this.base ?? 'any server under test'}`);
    }
    return this.origin + asked.pathname + asked.search;
  }
}

async function limited(answer) {
  const pieces = [];
  let size = 0;
  for await (const piece of answer.body) {
    size += piece.length;
    if (size > LIMIT) {
      throw new Error(`"${answer.url}" is over ${LIMIT} bytes`);
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
