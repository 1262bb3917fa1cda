// JSON with embedded proofs, of issuers who need no network.
import {randomUUID} from 'node:crypto';
import {
  achievement, badge, ED2020, endorsement, FUTURE, hashed, INTEGRITY, older, PAST, profile, subject, V2
} from './badge.mjs';
import {altered, json, older as model11} from './expect.mjs';
import {underKey} from './issuers.mjs';
import {identified, issue, link, prove} from './proofs.mjs';

const EDDSA = 'eddsa-rdfc-2022';
const ADDRESS = 'lucie@usages.example';

// proven is a badge of one suite by a new issuer; change is done to it after.
async function proven(suite, {content = badge(), curve, change = one => one} = {}) {
  return change(await issue(content, await underKey(curve), suite));
}

const ofSuites = [
  ['eddsa-rdfc-2022', EDDSA, 'Ed25519'], ['eddsa-jcs-2022', 'eddsa-jcs-2022', 'Ed25519'],
  ['ecdsa-rdfc-2019-p256', 'ecdsa-rdfc-2019', 'P-256'], ['ecdsa-rdfc-2019-p384', 'ecdsa-rdfc-2019', 'P-384'],
  ['ecdsa-jcs-2019-p256', 'ecdsa-jcs-2019', 'P-256'], ['ecdsa-jcs-2019-p384', 'ecdsa-jcs-2019', 'P-384']
].flatMap(([name, suite, curve]) => [
  {
    name, how: `the suite's own package, did:key of ${curve}`,
    make: () => proven(suite, {curve}), items: [json(suite)]
  },
  {
    name: `v1-${name}`, how: 'the same in the data model 1.1',
    make: () => proven(suite, {curve, content: older(badge(), [INTEGRITY])}), items: [json(suite, model11)]
  },
  {
    name: `altered-${name}`, how: 'the same, the achievement renamed afterwards',
    make: () => proven(suite, {curve, change: renamed}), items: [json(suite, altered)]
  }
]);

const of2020 = [
  {
    name: 'ed25519signature2020', how: 'ed25519-signature-2020, its context third',
    make: () => proven('Ed25519Signature2020', {content: withContext(ED2020)}), items: [json('Ed25519Signature2020')]
  },
  {
    name: 'v1-ed25519signature2020', how: 'the same in the data model 1.1, where it comes from',
    make: () => proven('Ed25519Signature2020', {content: older(badge(), [ED2020])}),
    items: [json('Ed25519Signature2020', model11)]
  },
  {
    name: 'altered-ed25519signature2020', how: 'the same, the achievement renamed afterwards',
    make: () => proven('Ed25519Signature2020', {content: withContext(ED2020), change: renamed}),
    items: [json('Ed25519Signature2020', altered)]
  }
];

const ofSeveralProofs = [
  {
    name: 'set', how: 'one key, two suites: a set of two proofs',
    make: async () => issue(badge(), await underKey(), EDDSA, 'eddsa-jcs-2022'), items: [json(EDDSA)]
  },
  {
    name: 'set-one-spoiled', how: 'the same, one letter of the second proof changed',
    make: async () => spoilProof(await issue(badge(), await underKey(), EDDSA, 'eddsa-jcs-2022'), 1),
    items: [json(EDDSA, altered)]
  },
  {
    name: 'chain', how: 'a second proof over the first: previousProof set by hand, hashed and signed by the library',
    make: async () => chain(), items: [json(EDDSA)]
  },
  {
    name: 'chain-without-its-first', how: 'the same, the first proof taken out',
    make: async () => {
      const document = await chain();
      return {...document, proof: document.proof.slice(1)};
    },
    items: [json(EDDSA, {...altered, checks: {proof: 'failed malformedProof'}})]
  },
  {
    name: 'chain-with-another-first', how: 'the same, the first proof made anew after the second',
    make: async () => {
      const issuer = await underKey();
      const document = await chain(issuer);
      const {proof: [{id}, second], ...content} = document;
      const {proof: other} = await prove(content, issuer, 'eddsa-jcs-2022');
      return {...content, proof: [{id, ...other}, second]};
    },
    items: [json(EDDSA, altered)]
  }
];

const ofContent = [
  {
    name: 'expired', how: 'validUntil in 2025', make: () => proven(EDDSA, {content: badge({validUntil: PAST})}),
    items: [json(EDDSA, {verdict: 'expired', checks: {dates: 'failed expired'}})]
  },
  {
    name: 'v1-expired', how: 'expirationDate in 2025',
    make: () => proven(EDDSA, {content: older(badge({validUntil: PAST}), [INTEGRITY])}),
    items: [json(EDDSA, {verdict: 'expired', checks: {...model11.checks, dates: 'failed expired'}})]
  },
  {
    name: 'not-yet', how: 'validFrom in 2999', make: () => proven(EDDSA, {content: badge({validFrom: FUTURE})}),
    items: [json(EDDSA, {verdict: 'notYetValid', checks: {dates: 'failed notYet'}})]
  },
  {
    name: 'with-an-end', how: 'validUntil in 2999', make: () => proven(EDDSA, {content: badge({validUntil: FUTURE})}),
    items: [json(EDDSA, {checks: {dates: 'ok within'}})]
  },
  {
    name: 'no-level', how: 'neither levels nor results',
    make: () => proven(EDDSA, {content: badge({credentialSubject: subject({achievement: achievement(), result: undefined})})}),
    items: [json(EDDSA, {checks: {results: 'ok noLevel'}})]
  },
  {
    name: 'level-of-nothing', how: 'achievedLevel names no level of the description',
    make: () => proven(EDDSA, {content: badge({credentialSubject: levelOfNothing()})}),
    items: [json(EDDSA, {verdict: 'invalid', checks: {results: 'failed levelUnknown'}})]
  },
  {
    name: 'unknown-suite', how: 'made as eddsa-rdfc-2022, then named bbs-2023 by hand',
    make: () => proven(EDDSA, {change: one => ({...one, proof: {...one.proof, cryptosuite: 'bbs-2023'}})}),
    items: [json('', {verdict: 'unverifiable', checks: {proof: 'unknown unsupportedSuite', issuer: 'unknown unsupportedSuite'}})]
  },
  {
    name: 'without-proof', how: 'the proof taken out',
    make: () => proven(EDDSA, {change: ({proof, ...rest}) => proof && rest}),
    items: [json('', {verdict: 'invalid', stops: 'proof', checks: {proof: 'failed noProof'}})]
  },
  {
    name: 'unsigned-term', how: 'a member that no context defines, added afterwards',
    make: () => proven(EDDSA, {change: one => ({...one, mention: 'très bien'})}),
    items: [json(EDDSA, {verdict: 'invalid', stops: 'proof', checks: {proof: 'failed unsignedContent'}})]
  },
  {
    name: 'inline-context', how: 'a context of its own as third, by hand: the library would refuse it',
    make: () => proven(EDDSA, {change: one => ({...one, '@context': [...one['@context'], {level: 'https://usages.example/l'}]})}),
    items: [json('', {verdict: 'invalid', stops: 'contexts', checks: {contexts: 'failed inline'}})]
  },
  {
    name: 'other-order', how: 'signed, then the two contexts turned round',
    make: () => proven(EDDSA, {change: one => ({...one, '@context': one['@context'].toReversed()})}),
    items: [json('', {verdict: 'invalid', stops: 'contexts', checks: {contexts: 'failed context'}})]
  },
  {
    name: 'other-signer', how: 'signed by somebody else than the issuer that it names',
    make: async () => {
      const [named, signer] = [await underKey(), await underKey()];
      return prove({...badge(), issuer: profile(named.did)}, signer, EDDSA);
    },
    items: [json(EDDSA, {verdict: 'invalid', stops: 'proof', checks: {proof: 'failed keyNotPublished'}})]
  },
  {
    name: 'no-badge', how: 'a signed credential of the data model 2.0 that is no badge',
    make: async () => {
      const issuer = await underKey();
      return prove({
        '@context': [V2], id: `urn:uuid:${randomUUID()}`, type: ['VerifiableCredential'], issuer: issuer.did,
        credentialSubject: {id: 'urn:example:somebody'}
      }, issuer, EDDSA);
    },
    items: [json('', {verdict: 'invalid', stops: 'contexts', checks: {contexts: 'failed context'}})]
  }
];

const ofRecipients = [
  ['email', addressed(ADDRESS), ADDRESS, 'ok match'],
  ['email-typed-otherwise', addressed(ADDRESS), '  Lucie@Usages.Example ', 'ok match'],
  ['email-of-another', addressed(ADDRESS), 'lucien@usages.example', 'failed mismatch'],
  ['email-not-asked', addressed(ADDRESS), undefined, 'unknown notAsked'],
  ['name', () => hashed('name', 'Lucie Le Goff'), 'Lucie Le Goff', 'ok match']
].map(([name, identity, recipient, check]) => ({
  name: `recipient-${name}`, how: 'an identity behind a salted SHA-256 hash (node:crypto)', options: {recipient},
  make: () => proven(EDDSA, {content: badge({credentialSubject: subject({identifier: [identity()]})})}),
  items: [json(EDDSA, {
    verdict: check.startsWith('failed') ? 'invalid' : 'valid',
    checks: {recipient: check, subject: name === 'name' ? 'ok hashedName' : 'ok identified'}
  })]
}));

const ofEndorsements = [
  ['good', async one => one, 'ok sound'],
  ['spoiled', async one => ({...one, credentialSubject: {...one.credentialSubject, endorsementComment: 'Excellent !'}}),
    'failed altered'],
  ['expired', async one => one, 'failed dates']
].map(([name, change, check]) => ({
  name: `endorsement-${name}`, how: 'an endorsement signed by another did:key, inside of the achievement',
  make: async () => {
    const about = subject();
    const content = {...endorsement(about.achievement.id), ...name === 'expired' && {validUntil: PAST}};
    about.achievement.endorsement = [await change(await proven(EDDSA, {content}))];
    return proven(EDDSA, {content: badge({credentialSubject: about})});
  },
  items: [json(EDDSA, {checks: {endorsements: check}})]
}));

export const cases = [
  ...ofSuites, ...of2020, ...ofSeveralProofs, ...ofContent, ...ofRecipients, ...ofEndorsements
].map(one => ({...one, name: `json/${one.name}`}));

function addressed(address) {
  return () => hashed('emailAddress', address);
}

function withContext(...more) {
  const {'@context': contexts, ...rest} = badge();
  return {'@context': [...contexts, ...more], ...rest};
}

async function chain(issuer) {
  issuer ??= await underKey();
  return link(await identified(badge(), issuer, EDDSA), issuer, EDDSA);
}

function renamed(document) {
  const copy = structuredClone(document);
  copy.credentialSubject.achievement.name = 'Diriger une veille';
  return copy;
}

function spoilProof(document, at) {
  const copy = structuredClone(document);
  const {proofValue} = copy.proof[at];
  copy.proof[at].proofValue = proofValue.slice(0, -5) + (proofValue.at(-5) === '2' ? '3' : '2') + proofValue.slice(-4);
  return copy;
}

function levelOfNothing() {
  const about = subject();
  about.result[0].achievedLevel = `urn:uuid:${randomUUID()}`;
  return about;
}

