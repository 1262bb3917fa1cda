#!/usr/bin/env node
// Makes the samples that Ramure's verifier is tried with, by other people's
// libraries.
//
//   node make-samples.mjs [--out DIR] [--base https://lieu.example] [NAME…]
//
// With names (a form, or form/sample) only those are made anew: all keys are
// new each time, so a sample differs at each making, and its answer does not.
// --base is the origin of the addresses in the samples; the tests of the whole
// program give that of a server on this machine.
import {existsSync} from 'node:fs';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import path from 'node:path';
import {cases as carried} from './samples/carried.cases.mjs';
import {PLAIN} from './samples/expect.mjs';
import {cases as json} from './samples/json.cases.mjs';
import {cases as jwt} from './samples/jwt.cases.mjs';
import {World} from './samples/world.mjs';
import {cases as worldly} from './samples/world.cases.mjs';

const SAMPLES = fileURLToPath(new URL('../../verifier/testdata/samples', import.meta.url));
const all = [...json, ...jwt, ...worldly, ...carried];

const text = {type: 'string'};
const {values: {out = SAMPLES, base = 'https://lieu.example'}, positionals} = parseArgs({
  options: {out: text, base: text}, allowPositionals: true
});

const entries = [];
for (const one of all) {
  if (asked(one.name)) {
    await make(one);
  }
  if (existsSync(path.join(out, file(one)))) {
    entries.push(entry(one));
  }
}
await write('samples.json', table(await tools(), entries));

// make makes a sample, and the world that it needs.
async function make(one) {
  const world = new World(base);
  await write(file(one), bytes(await one.make(world)));
  if (world.served) {
    await write(`${one.name}.world.json`, JSON.stringify(world.served, null, 1) + '\n');
  }
}

// entry describes a sample that is there.
function entry({name, how, options, items, holder, problem, ...one}) {
  const world = `${name}.world.json`;
  return {
    name, how, file: file({name, ...one}), ...existsSync(path.join(out, world)) && {world},
    ...options?.recipient && {options}, items, holder, problem
  };
}

function file({name, extension = 'json'}) {
  return `${name}.${extension}`;
}

function asked(name) {
  return positionals.length === 0 || positionals.some(one => name === one || name.startsWith(`${one}/`));
}

function bytes(content) {
  const plain = typeof content === 'string' || content instanceof Uint8Array;
  return plain ? content : JSON.stringify(content, null, 1) + '\n';
}

// table has a line per sample and a line per answer, for people to read.
function table(tools, samples) {
  const lines = samples.map(({items = [], ...one}) => {
    const answers = items.map(item => `   ${JSON.stringify(item)}`).join(',\n');
    return `  ${JSON.stringify(one).slice(0, -1)},"items":[${answers && `\n${answers}`}]}`;
  });
  return `{\n "tools": ${JSON.stringify(tools)},\n "plain": ${JSON.stringify(PLAIN)},\n "samples": [\n${lines.join(',\n')}\n ]\n}\n`;
}

async function write(name, content) {
  const file = path.join(out, name);
  await mkdir(path.dirname(file), {recursive: true});
  await writeFile(file, content);
}

// tools are the libraries that took part, with their exact versions.
async function tools() {
  const {devDependencies} = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'));
  return {node: process.versions.node, ...devDependencies, 'axe-core': undefined};
}

process.stdout.write(`${entries.length} samples in ${out}\n`);
