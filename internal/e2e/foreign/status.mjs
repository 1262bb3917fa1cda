// Bitstring Status List, by @digitalbazaar/vc-bitstring-status-list.
import {checkStatus as checkList} from '@digitalbazaar/vc-bitstring-status-list';
import {must, Refusal, Unknown} from './bench.mjs';
import {suites} from './proofs.mjs';

// checkStatus fetches the list, verifies it like any credential, wants it
// signed by the same issuer, and reads the one bit.
export async function checkStatus(content, {documents, addresses}) {
  const entry = content.credentialStatus;
  if (entry === undefined) {
    return 'no status entry';
  }
  must(!Array.isArray(entry) && entry.type === 'BitstringStatusListEntry',
    'the status entry is not one object of type BitstringStatusListEntry');
  must(/^(0|[1-9][0-9]*)$/.test(entry.statusListIndex), 'the index is not a base-10 string');
  await reachable(entry.statusListCredential, addresses);
  const {verified, results, error} = await checkList({
    credential: content, documentLoader: documents, suite: suites(),
    verifyBitstringStatusListCredential: true, verifyMatchingIssuers: true
  });
  if (!verified) {
    throw error;
  }
  if (results.some(one => one.status === true)) {
    throw new Refusal(`${entry.statusPurpose}, bit ${entry.statusListIndex} is set`, 'revoked');
  }
  return `bit ${entry.statusListIndex} of ${entry.statusListCredential} is clear`;
}

// reachable tells a list that can't be had (unknown) from a wrong one (failed).
async function reachable(url, addresses) {
  try {
    await addresses.json(url);
  } catch (error) {
    throw new Unknown(`the status list can't be had: ${error.message}`);
  }
}
