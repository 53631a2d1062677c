import { expect, test } from 'vitest'
import { credentialsCommand } from './credentials-command.ts'

const TRIAL = {
  decision: 'ALLOWED' as const,
  why: '',
  certificateStatus: 'ACTIVE',
  policyNames: [],
  endpoint: {
    url: 'https://c1.credentials.iot.eu-central-1.amazonaws.com/role-aliases/uploads/credentials',
    rootCaUrl: 'https://www.amazontrust.com/repository/AmazonRootCA1.pem',
  },
}

test('a command that can be run as it is, with the thing where one is named', () => {
  expect(credentialsCommand(TRIAL, undefined)).toBe(
    [
      "curl --output root-ca.pem 'https://www.amazontrust.com/repository/AmazonRootCA1.pem'",
      'curl --cert device.cert.pem --key device.key.pem --cacert root-ca.pem \\',
      "  'https://c1.credentials.iot.eu-central-1.amazonaws.com/role-aliases/uploads/credentials'",
    ].join('\n'),
  )
  expect(credentialsCommand(TRIAL, 'pump-7')).toContain("--header 'x-amzn-iot-thingname: pump-7'")
})
