// Reads Stryker's report, tests mutants again that Stryker cannot detect, and prints the score and the surviving mutants.
//
// Stryker runs all mutants in one process. Static fields are initialised once, before a mutant is active, so that a mutant
// of a static field has no effect. This script runs each of those mutants in a separate process.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const least = 85;
const output = process.argv[2];
const report = readdirSync(join(output, 'reports')).find((name) => name.endsWith('.json'));
const { files } = JSON.parse(readFileSync(join(output, 'reports', report), 'utf8'));

const isAlive = ({ status }) => status === 'Survived' || status === 'NoCoverage';

function isKilledByItself({ id }) {
  // Stryker sets these variables for runners that start a process for each mutant.
  const env = { ...process.env, STRYKER_MUTANT_ID_CONTROL_VAR: 'ACTIVE_MUTANT', ACTIVE_MUTANT: id };
  const tests = join(output, 'tests', 'StsWebhook.Core.Tests.dll');
  const { status } = spawnSync('dotnet', [tests, '-class-', '*LinearTime*', '-class-', '*MutateProperty*', '-stoponfail'], { env, timeout: 120_000 });
  return status !== 0;
}

const folders = new Map();
for (const [path, { source, mutants }] of Object.entries(files).sort()) {
  const lines = source.split('\n');
  const name = path.replace(/^.*StsWebhook\.Core\//, '');
  const folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '.';
  const counts = folders.get(folder) ?? { killed: 0, alive: 0 };
  folders.set(folder, counts);
  for (const mutant of mutants) {
    if (mutant.status === 'Killed' || mutant.status === 'Timeout' || (isAlive(mutant) && mutant.static && isKilledByItself(mutant))) {
      counts.killed++;
    } else if (isAlive(mutant)) {
      counts.alive++;
      const { start, end } = mutant.location;
      const was = start.line === end.line ? lines[start.line - 1].slice(start.column - 1, end.column - 1) : `${lines[start.line - 1].slice(start.column - 1)} …`;
      console.log(`${name}:${start.line}: ${mutant.mutatorName}: ${was} -> ${(mutant.replacement ?? '').split('\n')[0]}`);
    }
  }
}

const score = ({ killed, alive }) => (100 * killed) / Math.max(1, killed + alive);
const total = { killed: 0, alive: 0 };
for (const [folder, counts] of folders) {
  total.killed += counts.killed;
  total.alive += counts.alive;
  if (counts.killed + counts.alive > 0) {
    console.log(`${folder}: ${counts.killed} of ${counts.killed + counts.alive} detected, ${score(counts).toFixed(1)} %`);
  }
}
console.log(`all: ${total.killed} of ${total.killed + total.alive} detected, ${score(total).toFixed(1)} %`);
process.exit(score(total) >= least ? 0 : 1);
