// The VC API adapter of a running Ramure, as test suites call it.
import {must} from './bench.mjs';

export class Adapter {
  constructor(base) {
    this.base = base;
  }

  // issuers are the paths of those that it lists in the suites' own shape.
  async issuers() {
    const {issuers} = await (await fetch(`${this.base}/vc-api`)).json();
    return issuers.map(({id, endpoint, tags}) => ({
      id, tags, prefix: endpoint.slice(this.base.length, -'/credentials/issue'.length)
    }));
  }

  async issue(prefix, credential, options) {
    const {status, body} = await this.post(`${prefix}/credentials/issue`, {credential, options});
    must(status === 201, `issue: ${status} ${JSON.stringify(body)}`);
    return body.verifiableCredential;
  }

  async prove(prefix, presentation, options) {
    const {status, body} = await this.post(`${prefix}/presentations/prove`, {presentation, options});
    must(status === 201, `prove: ${status} ${JSON.stringify(body)}`);
    return body.verifiablePresentation;
  }

  // holds says whether the adapter accepts a credential or presentation, and
  // wants it to say so in one of the two ways that there are.
  async holds(name, document, options) {
    const path = name === 'verifiableCredential' ? 'credentials' : 'presentations';
    const {status, body} = await this.post(`/${path}/verify`, {[name]: document, options});
    must(status === (body.verified ? 200 : 400), `verify: ${status} ${JSON.stringify(body)}`);
    return {verified: body.verified, said: JSON.stringify(body)};
  }

  async post(path, body) {
    const answer = await fetch(this.base + path, {
      method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(body)
    });
    return {status: answer.status, body: await answer.json()};
  }
}
