// What the samples say: badges of fictional venues, in both data models.
import {createHash, randomUUID} from 'node:crypto';

const BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/';

export const V1 = 'https://www.w3.org/2018/credentials/v1';
export const V2 = 'https://www.w3.org/ns/credentials/v2';
export const BADGE = `${BADGES}context-3.0.3.json`;
export const EXTENSIONS = `${BADGES}extensions.json`;
export const INTEGRITY = 'https://w3id.org/security/data-integrity/v2';
export const ED2020 = 'https://w3id.org/security/suites/ed25519-2020/v1';

// The samples are good under every clock that they may meet.
export const FROM = '2025-01-06T09:00:00Z';
export const PAST = '2025-02-03T09:00:00Z';
export const FUTURE = '2999-01-01T00:00:00Z';

// badge is a credential of the data model 2.0 without its issuer, who is written
// in by whoever signs it. extra members come over it.
export function badge(extra = {}) {
  return {
    '@context': [V2, BADGE],
    id: `urn:uuid:${randomUUID()}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Organiser sa veille',
    validFrom: FROM,
    credentialSubject: subject(),
    ...extra
  };
}

// subject is somebody who reached the second of two levels.
export function subject(extra = {}) {
  const described = `urn:uuid:${randomUUID()}`;
  const levels = ['Découvre', 'Pratique'].map((name, i) => ({
    id: `urn:uuid:${randomUUID()}`, type: ['RubricCriterionLevel'], name, level: `${i + 1}`
  }));
  return {
    id: `urn:uuid:${randomUUID()}`,
    type: ['AchievementSubject'],
    achievement: {
      ...achievement(),
      resultDescription: [{
        id: described, type: ['ResultDescription'], name: 'Degré de maîtrise',
        resultType: 'RubricCriterionLevel', rubricCriterionLevel: levels
      }]
    },
    result: [{type: ['Result'], resultDescription: described, achievedLevel: levels[1].id}],
    ...extra
  };
}

// achievement has neither levels nor results.
export function achievement() {
  return {
    id: 'https://usages.example/achievements/veille',
    type: ['Achievement'],
    achievementType: 'Competency',
    name: 'Organiser sa veille',
    description: 'Collecter, trier et partager des informations utiles à son métier.',
    criteria: {narrative: 'Trois sources suivies pendant **un mois**, une synthèse partagée.'},
    alignment: [{
      type: ['Alignment'], targetName: 'Mener une recherche ou une veille d’information',
      targetUrl: 'https://usages.example/pix/1.1', targetFramework: 'Pix', targetCode: '1.1'
    }]
  };
}

// older turns a credential into the data model 1.1; contexts come after the
// first one.
export function older({validFrom, validUntil, '@context': contexts, ...rest}, more = []) {
  const until = validUntil && {expirationDate: validUntil};
  return {'@context': [V1, ...contexts.slice(1), ...more], ...rest, issuanceDate: validFrom, ...until};
}

// profile is a venue as issuer.
export function profile(id) {
  return {id, type: ['Profile'], name: 'Maison des usages (lieu fictif)'};
}

// hashed is an identity that only a salted hash stands for (Open Badges 3.0 §B.9).
export function hashed(identityType, text) {
  const salt = randomUUID();
  const hash = createHash('sha256').update(text + salt).digest('hex');
  return {type: 'IdentityObject', hashed: true, identityHash: `sha256$${hash}`, identityType, salt};
}

// endorsement is what a third party says of an achievement or a profile.
export function endorsement(of) {
  return {
    '@context': [V2, BADGE],
    id: `urn:uuid:${randomUUID()}`,
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'Avis d’un pair',
    validFrom: FROM,
    credentialSubject: {id: of, type: ['EndorsementSubject'], endorsementComment: 'Travail vu sur place.'}
  };
}
