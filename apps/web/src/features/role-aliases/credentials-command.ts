import type { RoleAliasTrial } from '@thingdeck/contract'

/**
 * What a device, or whoever has its files, runs to get credentials.
 * @see AWS IoT developer guide, "Authorizing direct calls to AWS services using AWS IoT Core credential provider"
 */
export function credentialsCommand({ endpoint }: RoleAliasTrial, thingName: string | undefined): string {
  const lines = [
    'curl --cert device.cert.pem --key device.key.pem --cacert root-ca.pem',
    ...(thingName === undefined ? [] : [`--header 'x-amzn-iot-thingname: ${thingName}'`]),
    `'${endpoint.url}'`,
  ]
  return `curl --output root-ca.pem '${endpoint.rootCaUrl}'\n${lines.join(' \\\n  ')}`
}
