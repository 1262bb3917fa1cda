// The content of a credential, whatever envelope it came in.
import {createHash} from 'node:crypto';
import jsonld from 'jsonld';
import {must} from './bench.mjs';

const VC2 = 'https://www.w3.org/ns/credentials/v2';
const BADGE = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.\d+\.\d+)?\.json$/;
const KINDS = ['OpenBadgeCredential', 'AchievementCredential'];

// checkDocument asks for the shape that makes an Open Badge, and for every
// member to survive the expansion (safe mode).
export async function checkDocument(content, {contextsOnly}) {
  const contexts = content['@context'];
  must(Array.isArray(contexts) && contexts[0] === VC2 && BADGE.test(contexts[1]),
    'the contexts are not those of an Open Badge 3.0, in their order');
  must(Array.isArray(content.type) && content.type.includes('VerifiableCredential') &&
    KINDS.some(kind => content.type.includes(kind)), 'the types are not those of an Open Badge');
  must(typeof issuerOf(content) === 'string', 'no issuer');
  must(typeof content.credentialSubject?.achievement?.name === 'string', 'no achievement');
  checkLevels(content.credentialSubject);
  const quads = (await canonical(content, contextsOnly)).trimEnd().split('\n').length;
  return `${quads} statements, none lost`;
}

// checkLevels wants each achievedLevel to be a level of its own description.
function checkLevels({achievement, result = []}) {
  const levels = new Map((achievement.resultDescription ?? []).map(one => [
    one.id, (one.rubricCriterionLevel ?? []).map(level => level.id)]));
  for (const one of result.filter(each => each.achievedLevel)) {
    must(levels.get(one.resultDescription)?.includes(one.achievedLevel),
      `"${one.achievedLevel}" is no level of "${one.resultDescription}"`);
  }
}

// docHash is SHA-256 of the canonical form, in hexadecimal: the same for both
// envelopes of one badge.
export async function docHash(content, {contextsOnly}) {
  return createHash('sha256').update(await canonical(content, contextsOnly)).digest('hex');
}

function canonical(content, documentLoader) {
  return jsonld.canonize(content, {
    algorithm: 'RDFC-1.0', format: 'application/n-quads', base: null, safe: true, documentLoader
  });
}

export function issuerOf(content) {
  return typeof content.issuer === 'string' ? content.issuer : content.issuer?.id;
}
