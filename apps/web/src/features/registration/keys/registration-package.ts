import { csvField } from '../../../shared/csv-field.ts'
import { zipPackage } from '../../../shared/zip-package.ts'

/** What one device gets; without a key where it made its own. */
export interface DeviceFiles {
  readonly thingName: string
  readonly certificateId: string
  readonly certificatePem: string
  readonly privateKeyPem?: string
}

/** Keys and certificates of new devices as one archive: a folder for each, and a list of what is whose. */
export function registrationPackage(
  folder: string,
  devices: readonly DeviceFiles[],
  endpoint: string | undefined,
): Blob {
  const files: Record<string, string> = {
    'README.txt': readme(endpoint),
    'certificates.csv': listOf(devices),
  }
  for (const { thingName, certificatePem, privateKeyPem } of devices) {
    // A colon is legal in a thing's name, and not in a file's on Windows.
    const own = encodeURIComponent(thingName)
    files[`${own}/device.cert.pem`] = certificatePem
    if (privateKeyPem !== undefined) files[`${own}/device.key.pem`] = privateKeyPem
  }
  return zipPackage(folder, files)
}

const readme = (
  endpoint: string | undefined,
): string => `New devices: certificates, and their private keys where they were made in the browser.

Whoever has a private key can connect as its device: keep this archive secret, and no longer than you need it.
The keys are nowhere else once the browser was told to forget them.

THING/device.cert.pem   the certificate, no secret
THING/device.key.pem    its private key; not there where the device made its own
certificates.csv        which certificate is whose
${endpoint === undefined ? '' : `\nEndpoint: ${endpoint}, port 8883 on AWS. The root CA is https://www.amazontrust.com/repository/AmazonRootCA1.pem.\n`}`

function listOf(devices: readonly DeviceFiles[]): string {
  const lines = devices.map(({ thingName, certificateId }) => `${csvField(thingName)},${certificateId}`)
  return `${['thing,certificate id', ...lines].join('\r\n')}\r\n`
}
