// Reads URLs, each a JSON string on a line of its own. Prints for each the host as the URL parser of Node.js
// (url.spec.whatwg.org) reads it; an empty line for a URL that the parser rejects or that has no special scheme, since no
// client calls an endpoint by it.
import { readFileSync } from 'node:fs';

const hosts = readFileSync(0, 'utf8').split('\n').filter(Boolean).map((line) => {
  try {
    const url = new URL(JSON.parse(line));
    return /^(?:https?|wss?|ftp):$/.test(url.protocol) ? url.hostname : '';
  } catch {
    return '';
  }
});
console.log(hosts.join('\n'));
