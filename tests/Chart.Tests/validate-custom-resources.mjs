// Judges custom resources by the schemas of their CRDs. Reads a JSON array; prints one line for each mistake.
// First argument: the folder that has node_modules.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const packages = { 'cert-manager.io': 'cert-manager', 'monitoring.coreos.com': 'prometheus-operator' };

for (const resource of JSON.parse(readFileSync(0, 'utf8'))) {
  const [group] = resource.apiVersion.split('/');
  const file = join(process.argv[2], 'node_modules/@kubernetes-models', packages[group], resource.apiVersion, `${resource.kind}.js`);
  const model = await import(pathToFileURL(file));
  try {
    new model[resource.kind](resource).validate();
  } catch (error) {
    console.log(`${resource.kind} ${resource.metadata.name}: ${error.message}`);
  }
}
