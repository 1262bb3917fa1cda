// Lists of statuses: Bitstring Status List, by @digitalbazaar's library, and the
// revocation list of 1EdTech, which is plain JSON (Open Badges 3.0 §8.4).
import {createCredential, createList} from '@digitalbazaar/vc-bitstring-status-list';
import {FROM, FUTURE} from './badge.mjs';
import {prove} from './proofs.mjs';

const LENGTH = 131072;
export const INDEX = 7;

// bits publishes a signed list, and gives the entry of one index in it. An option
// spoils the list in one way: set (the bits), by (who signs), until, length.
export async function bits(world, issuer, purpose, {set = [], by = issuer, until = FUTURE, length = LENGTH} = {}) {
  const path = `/etats/${purpose}`;
  const list = await createList({length});
  set.forEach(index => list.setStatus(index, true));
  const unsigned = await createCredential({id: world.base + path, list, statusPurpose: purpose});
  const dated = {...unsigned, issuer: by.did, validFrom: FROM, validUntil: until};
  const address = world.put(path, await prove(dated, by, 'eddsa-rdfc-2022'), {type: 'application/vc'});
  return {
    id: `${address}#${INDEX}`, type: 'BitstringStatusListEntry', statusPurpose: purpose,
    statusListIndex: `${INDEX}`, statusListCredential: address
  };
}

// revocations publishes a list of revoked credentials, and gives its entry.
export function revocations(world, issuer, revokedCredential) {
  const path = '/etats/revocations.json';
  return {
    id: world.put(path, {id: world.base + path, issuer: issuer.did, revokedCredential}),
    type: '1EdTechRevocationList'
  };
}
