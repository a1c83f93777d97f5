// Node.js heeds HTTPS_PROXY only from version 24 on; what all other runtimes do by themselves is done here for it.
const http = require('node:http');
const https = require('node:https');
const tls = require('node:tls');

const proxy = new URL(process.env.HTTPS_PROXY);

https.Agent.prototype.createConnection = (options, connected) => {
  http
    .request({ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: `${options.host}:${options.port}` })
    .on('connect', (answer, socket) => answer.statusCode === 200
      ? connected(null, tls.connect({ ...options, socket }))
      : connected(new Error(`the proxy answered ${answer.statusCode}`)))
    .on('error', connected)
    .end();
};
