#!/usr/bin/env node
// A judge of Open Badges that shares no code with Ramure.
//
//   node verify.mjs --form json|jwt --file FILE --origin http://127.0.0.1:PORT
//                   [--base https://badges.example] [--contexts DIR] [--now DATE]
//   echo '{"form":"json","document":"…","origin":"…"}' | node verify.mjs
//   echo '[{…},{…}]' | node verify.mjs
//
// It expands, canonicalises, resolves keys and reads status lists with other
// people's libraries; only the JSON-LD context files are shared with Ramure.
// --origin is where the issuer is served on this machine, --base the address
// that its credentials bear (the origin, unless said otherwise). Nothing else
// is ever fetched.
//
// It prints one JSON report (a list of requests gets a list of reports) and
// exits 0 (all valid), 1 (any other verdict) or 2 (wrong use).
import {readFile} from 'node:fs/promises';
import {parseArgs} from 'node:util';
import {judge} from './judge.mjs';

const FORMS = ['json', 'jwt'];

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`verify.mjs: ${error.message}\n`);
  process.exitCode = 2;
}

async function main(args) {
  const asked = args.length > 0 ? flags(args) : JSON.parse(await stdin());
  const reports = [];
  for (const one of [asked].flat()) {
    reports.push(await judge(await complete(one)));
  }
  const answer = Array.isArray(asked) ? reports : reports[0];
  process.stdout.write(JSON.stringify(answer, null, 2) + '\n');
  return reports.every(one => one.verified) ? 0 : 1;
}

function flags(args) {
  const text = {type: 'string'};
  const options = {
    form: text, file: text, origin: text, base: text, contexts: text, now: text
  };
  return parseArgs({args, options, strict: true}).values;
}

async function stdin() {
  const pieces = [];
  for await (const piece of process.stdin) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

// complete checks a request and reads the file that it names.
async function complete(asked) {
  if (!FORMS.includes(asked.form)) {
    throw new Error(`"form" must be one of ${FORMS.join(', ')}`);
  }
  if (asked.document === undefined && !asked.file) {
    throw new Error('a "file" or a "document" is needed');
  }
  return {...asked, document: asked.document ?? await readFile(asked.file, 'utf8')};
}
