// Open Badges 2.0: an assertion, its class and its issuer, each at its address,
// hand-written after the specification (there is no library that still makes them).
import {createHash} from 'node:crypto';

const CONTEXT = 'https://w3id.org/openbadges/v2';
export const ADDRESS = 'lucie@usages.example';

// host publishes a whole set, and gives the assertion. changes come over the
// documents: {assertion, badge, issuer}; status is that of the assertion's answer.
export function host(world, {assertion = {}, badge = {}, issuer = {}, status} = {}) {
  const made = {
    '@context': CONTEXT, type: 'Assertion', id: `${world.base}/ob2/assertions/1`,
    recipient: recipient(ADDRESS), badge: `${world.base}/ob2/badges/veille`,
    verification: {type: 'hosted'}, issuedOn: '2020-01-06T09:00:00Z',
    evidence: [{id: 'https://usages.example/preuves/1', narrative: 'Une carte de veille.'}],
    ...assertion
  };
  publish(world, {made, badge, issuer, status});
  return made;
}

function publish(world, {made, badge, issuer, status}) {
  world.put('/ob2/assertions/1', made, {status, type: 'application/ld+json'});
  world.put('/ob2/badges/veille', {
    '@context': CONTEXT, type: 'BadgeClass', id: `${world.base}/ob2/badges/veille`,
    name: 'Organiser sa veille', description: 'Collecter, trier et partager des informations utiles.',
    image: `${world.base}/ob2/badges/veille.png`, criteria: {narrative: 'Trois sources suivies pendant un mois.'},
    issuer: `${world.base}/ob2/issuer`, tags: ['veille'], ...badge
  }, {type: 'application/ld+json'});
  world.put('/ob2/issuer', {
    '@context': CONTEXT, type: 'Issuer', id: `${world.base}/ob2/issuer`,
    name: 'Maison des usages (lieu fictif)', url: `${world.base}/`, email: 'contact@usages.example', ...issuer
  }, {type: 'application/ld+json'});
}

// recipient is an address behind a salted hash (Open Badges 2.0, IdentityObject).
function recipient(address) {
  const salt = 'sel-de-guerande';
  const hash = createHash('sha256').update(address + salt).digest('hex');
  return {type: 'email', hashed: true, salt, identity: `sha256$${hash}`};
}
