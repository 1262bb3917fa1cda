// The JSON-LD contexts, from the files that Ramure embeds: data, not code.
import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import path from 'node:path';

const BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/';

const FILES = {
  'https://www.w3.org/ns/credentials/v2': 'credentials-v2.jsonld',
  'https://www.w3.org/2018/credentials/v1': 'credentials-v1.jsonld',
  'https://www.w3.org/ns/credentials/status/v1': 'bitstring-status-list-v1.jsonld',
  'https://w3id.org/security/data-integrity/v2': 'data-integrity-v2.jsonld',
  'https://w3id.org/security/multikey/v1': 'multikey-v1.jsonld',
  'https://w3id.org/security/suites/ed25519-2020/v1': 'ed25519-signature-2020-v1.jsonld',
  [`${BADGES}context.json`]: 'openbadges-3.0.jsonld',
  [`${BADGES}context-3.0.1.json`]: 'openbadges-3.0.1.jsonld',
  [`${BADGES}context-3.0.2.json`]: 'openbadges-3.0.2.jsonld',
  [`${BADGES}context-3.0.3.json`]: 'openbadges-3.0.3.jsonld',
  [`${BADGES}extensions.json`]: 'openbadges-extensions.jsonld'
};

const SHARED = fileURLToPath(new URL('../../../schemas/contexts', import.meta.url));

// contextLoader reads the files once; the loader that it returns refuses every
// other address, and says with has(url) which ones it knows.
export async function contextLoader(folder = SHARED) {
  const known = new Map();
  await Promise.all(Object.entries(FILES).map(async ([url, name]) => {
    known.set(url, JSON.parse(await readFile(path.join(folder, name), 'utf8')));
  }));
  const load = async url => {
    if (!known.has(url)) {
      throw new Error(`context "${url}" is not one of the shared files`);
    }
    return {contextUrl: null, documentUrl: url, document: known.get(url)};
  };
  load.has = url => known.has(url);
  return load;
}
