import { FILES } from '../../../shared/device-package/device-package.ts'
import { credentialFiles } from '../../../shared/device-package/package-files.ts'

/** What a device needs to be provisioned. */
export interface ClaimPackage {
  readonly place: { readonly host: string; readonly port: number; readonly rootCaUrl: string }
  readonly templateName: string
  readonly clientIdPrefix: string
  readonly parameterNames: readonly string[]
  readonly certificateId: string
  readonly certificatePem: string
  readonly privateKeyPem: string
  /** Absent: it could not be fetched. */
  readonly rootCaPem?: string
}

/** Certificate, key and root CA of a claim, and a device that is provisioned by them. */
export const claimFiles = (claim: ClaimPackage): Readonly<Record<string, string>> => ({
  'README.md': readme(claim),
  ...credentialFiles(claim),
  'provision.mjs': provisionSample(claim),
})

function readme({ place, templateName, clientIdPrefix, parameterNames, certificateId }: ClaimPackage): string {
  return `# Claim for the provisioning template ${templateName}

| | |
| --- | --- |
| endpoint | \`${place.host}\`, port ${place.port}; the server name (SNI) has to be sent |
| client ids | begin with \`${clientIdPrefix}\` |
| parameters | ${parameterNames.map((name) => `\`${name}\``).join(', ') || 'none'} |
| certificate id | \`${certificateId}\` |

Whoever has \`${FILES.privateKey}\` can have devices made by this template, until the certificate is deactivated: keep it
within the production line. \`${FILES.rootCa}\` is from ${place.rootCaUrl}.

\`npm install mqtt\`, then \`node provision.mjs ${parameterNames.map((name) => `${name}=…`).join(' ')}\` provisions a device: it asks for
keys and a certificate, registers, and writes both beside this file.
`
}

const literal = (text: string): string => JSON.stringify(text)

/** A device in Node.js. @see AWS IoT Core developer guide, "Device provisioning MQTT API" */
const provisionSample = ({ place: { host, port }, templateName, clientIdPrefix }: ClaimPackage): string =>
  `// Provisions a device: node provision.mjs NAME=value …
// Needs \`npm install mqtt\`.
import { readFileSync, writeFileSync } from 'node:fs'
import mqtt from 'mqtt'

const file = (name) => readFileSync(new URL(name, import.meta.url))
const parameters = Object.fromEntries(process.argv.slice(2).map((pair) => pair.split(/=(.*)/s).slice(0, 2)))

const client = await mqtt.connectAsync({
  protocol: 'mqtts',
  host: ${literal(host)},
  port: ${port},
  clientId: ${literal(clientIdPrefix)} + crypto.randomUUID(),
  reconnectPeriod: 0,
  ca: file(${literal(FILES.rootCa)}),
  cert: file(${literal(FILES.certificate)}),
  key: file(${literal(FILES.privateKey)}),
})

async function ask(topic, body) {
  await client.subscribeAsync([\`\${topic}/accepted\`, \`\${topic}/rejected\`], { qos: 1 })
  const answered = new Promise((resolve, reject) => {
    client.on('message', (from, payload) => {
      if (from === \`\${topic}/accepted\`) resolve(JSON.parse(payload))
      if (from === \`\${topic}/rejected\`) reject(new Error(payload))
    })
  })
  await client.publishAsync(topic, JSON.stringify(body), { qos: 1 })
  return answered
}

try {
  const made = await ask('$aws/certificates/create/json', {})
  const { certificateOwnershipToken } = made
  const topic = ${literal(`$aws/provisioning-templates/${templateName}/provision/json`)}
  const { thingName, deviceConfiguration } = await ask(topic, { certificateOwnershipToken, parameters })
  writeFileSync(new URL('own.cert.pem', import.meta.url), made.certificatePem)
  writeFileSync(new URL('own.key.pem', import.meta.url), made.privateKey, { mode: 0o600 })
  console.log(\`provisioned as \${thingName}\`, deviceConfiguration)
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
} finally {
  await client.endAsync()
}
`
