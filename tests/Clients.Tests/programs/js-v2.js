const AWS = require('aws-sdk');

console.log(`aws-sdk/${AWS.VERSION}`);
new AWS.STS().getCallerIdentity().promise().catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
