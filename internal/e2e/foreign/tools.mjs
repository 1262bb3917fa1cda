// The versions of the libraries that judged, for the report.
import {readFile} from 'node:fs/promises';

const NAMED = [
  '@digitalbazaar/vc', '@digitalbazaar/data-integrity',
  '@digitalbazaar/eddsa-rdfc-2022-cryptosuite', '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite',
  '@digitalbazaar/vc-bitstring-status-list', 'jose', 'jsonld', 'rdf-canonize'
];

// tools returns {name: version}, read from what is installed.
export async function tools() {
  const versions = await Promise.all(NAMED.map(async name => {
    const file = new URL(`./node_modules/${name}/package.json`, import.meta.url);
    return [name, JSON.parse(await readFile(file, 'utf8')).version];
  }));
  return {node: process.versions.node, ...Object.fromEntries(versions)};
}
