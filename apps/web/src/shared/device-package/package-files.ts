import { shellWord } from '../text/shell-word.ts'
import { type DevicePackage, FILES } from './device-package.ts'
import { espIdfFiles, mosquittoSample, nodeSample, pythonSample } from './samples.ts'

/** Everything that a device needs, by the name of the file: certificate, key, root CA, and samples that run. */
export function packageFiles(device: DevicePackage): Readonly<Record<string, string>> {
  return {
    'README.md': readme(device),
    ...credentialFiles(device),
    'samples/mosquitto.sh': mosquittoSample(device),
    'samples/node.mjs': nodeSample(device),
    'samples/python.py': pythonSample(device),
    ...espIdfFiles(device),
  }
}

/** What a device proves itself with, and what it trusts, by the name of the file. */
export const credentialFiles = ({
  certificatePem,
  privateKeyPem,
  rootCaPem,
}: Pick<DevicePackage, 'certificatePem' | 'privateKeyPem' | 'rootCaPem'>): Readonly<Record<string, string>> => ({
  [FILES.certificate]: withEnd(certificatePem),
  ...(privateKeyPem !== undefined && { [FILES.privateKey]: withEnd(privateKeyPem) }),
  ...(rootCaPem !== undefined && { [FILES.rootCa]: withEnd(rootCaPem) }),
})

const withEnd = (pem: string): string => `${pem.trimEnd()}\n`

function readme({ place, clientId, topics, certificateId, privateKeyPem, rootCaPem }: DevicePackage): string {
  return `# ${clientId}

| | |
| --- | --- |
| endpoint | \`${place.host}\` |
| port | ${place.port}, MQTT over TLS with this certificate; the server name (SNI) has to be sent |
| client id | \`${clientId}\` |
| sends to | \`${topics.publish}\` |
| listens to | \`${topics.subscribe}\` |
| certificate id | \`${certificateId}\` |

- \`${FILES.certificate}\` is the certificate. It is no secret.
- \`${FILES.privateKey}\` is its private key. ${keyWords(privateKeyPem)}
- \`${FILES.rootCa}\` is what the device trusts. ${rootCaWords(place.rootCaUrl, rootCaPem)}

A policy of the certificate has to allow \`iot:Connect\` on \`client/${clientId}\`, for the samples \`iot:Publish\` on
\`topic/${topics.publish}\`, and to listen \`iot:Subscribe\` on \`topicfilter/${topics.subscribe}\` and \`iot:Receive\` on
what comes there.

## Samples

Each connects as \`${clientId}\`, publishes one message to \`${topics.publish}\`, and ends. Those for mosquitto, Node.js and
Python listen to \`${topics.subscribe}\` instead where they are called with \`listen\`: \`sh samples/mosquitto.sh listen\`. Two
that run at a time take each other's client id, and AWS IoT closes the connection of the first. Run them from this folder.

| | |
| --- | --- |
| mosquitto | \`sh samples/mosquitto.sh\` |
| Node.js | \`npm install mqtt\`, then \`node samples/node.mjs\` |
| Python | \`pip install paho-mqtt\`, then \`python3 samples/python.py\` |
| C, ESP-IDF 5 | set up Wi-Fi in \`samples/esp-idf/main/main.c\`, then \`idf.py build flash monitor\` in \`samples/esp-idf\` |
`
}

const keyWords = (privateKeyPem: string | undefined): string =>
  privateKeyPem === undefined
    ? 'It is not in here: put it beside this file.'
    : 'Whoever has it can connect as this device: keep it secret, and keep this archive no longer than you need it.'

const rootCaWords = (url: string, rootCaPem: string | undefined): string =>
  rootCaPem === undefined
    ? `It could not be fetched when this was made: \`curl -s ${shellWord(url)} > ${FILES.rootCa}\``
    : `It is from ${url}.`
