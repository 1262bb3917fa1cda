// The bench keeps what the checks say, in order, and draws the verdict.

// Refusal is a failed check that leads to a verdict of its own.
export class Refusal extends Error {
  constructor(message, verdict) {
    super(message);
    this.verdict = verdict;
  }
}

// Unknown is a check that could not be made; it is never taken for ok.
export class Unknown extends Error {
  verdict = 'unverifiable';
}

// must refuses unless the condition held.
export function must(held, message) {
  if (!held) {
    throw new Error(message);
  }
}

// ORDER is which verdict stands when several checks failed.
const ORDER = ['invalid', 'revoked', 'notYetValid', 'expired', 'unverifiable'];

export class Bench {
  checks = [];
  #verdicts = [];

  // check runs one named check: what it returns is the detail of an ok, what
  // it throws the detail of a failure.
  async check(id, act) {
    try {
      this.checks.push({id, status: 'ok', detail: await act()});
    } catch (error) {
      this.#verdicts.push(error.verdict ?? 'invalid');
      const status = error instanceof Unknown ? 'unknown' : 'failed';
      this.checks.push({id, status, detail: reason(error)});
    }
  }

  get verdict() {
    return ORDER.find(one => this.#verdicts.includes(one)) ?? 'valid';
  }
}

// reason unfolds the errors that the libraries wrap in one another.
function reason(error) {
  const inner = error.errors?.[0] ?? error.cause;
  return inner ? `${error.message} (${reason(inner)})` : error.message;
}
