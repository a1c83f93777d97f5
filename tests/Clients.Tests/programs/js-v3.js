const { GetCallerIdentityCommand, STSClient } = require('@aws-sdk/client-sts');

console.log(`client-sts/${require('@aws-sdk/client-sts/package.json').version}`);
new STSClient().send(new GetCallerIdentityCommand()).catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
