import { expect, test } from 'vitest'
import { usualTopics } from './device-package.ts'
import { packageFiles } from './package-files.ts'

const pem = (kind: string, base64: string) => `-----BEGIN ${kind}-----\n${base64}\n-----END ${kind}-----`
const CERTIFICATE = pem('CERTIFICATE', 'AA==')
const KEY = pem('PRIVATE KEY', 'c2VjcmV0')
const DEVICE = {
  place: { host: 'a1b2-ats.iot.eu-west-1.amazonaws.com', port: 8883, rootCaUrl: 'https://example.com/root.pem' },
  clientId: 'pump-7',
  topics: usualTopics('pump-7'),
  certificateId: '5f'.repeat(32),
  certificatePem: CERTIFICATE,
}

test('key, certificate, root CA, and samples with endpoint, port and client id filled in', () => {
  const files = packageFiles({ ...DEVICE, privateKeyPem: KEY, rootCaPem: CERTIFICATE })
  expect(files['device.key.pem']).toBe(`${KEY}\n`)
  expect(files['device.cert.pem']).toBe(`${CERTIFICATE}\n`)
  for (const sample of ['mosquitto.sh', 'node.mjs', 'python.py', 'esp-idf/main/main.c']) {
    const text = files[`samples/${sample}`] ?? ''
    expect(text, sample).toContain(DEVICE.place.host)
    expect(text, sample).toContain('8883')
    expect(text, sample).toContain('pump-7')
    expect(text, sample).toContain('dt/pump-7/telemetry')
  }
  const withKey = Object.entries(files).filter(([, text]) => text.includes('c2VjcmV0'))
  expect(withKey.map(([name]) => name)).toEqual(['device.key.pem'])
})

test('what is not in it is said, with where it comes from', () => {
  const files = packageFiles(DEVICE)
  expect(files).not.toHaveProperty('device.key.pem')
  expect(files).not.toHaveProperty('root-ca.pem')
  expect(files['README.md']).toContain('It is not in here: put it beside this file.')
  expect(files['README.md']).toContain('curl -s https://example.com/root.pem > root-ca.pem')
})

test('a client id that is more than a word is one word of a shell all the same', () => {
  const files = packageFiles({ ...DEVICE, clientId: "o'pump 7" })
  expect(files['samples/mosquitto.sh']).toContain(String.raw`-i 'o'\''pump 7'`)
  expect(files['samples/node.mjs']).toContain(`clientId: "o'pump 7"`)
})
