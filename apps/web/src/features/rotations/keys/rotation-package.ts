import { zipPackage } from '../../../shared/zip-package.ts'

/** What one device gets. */
export interface DeviceFiles {
  readonly thingName: string
  readonly certificateId: string
  readonly certificatePem: string
  readonly privateKeyPem: string
}

/** Keys and certificates of many devices as one archive: a folder for each, and a list of what is whose. */
export function rotationPackage(folder: string, devices: readonly DeviceFiles[]): Blob {
  const files: Record<string, string> = { 'README.txt': README, 'certificates.csv': listOf(devices) }
  for (const { thingName, certificatePem, privateKeyPem } of devices) {
    // A colon is legal in a thing's name, and not in a file's on Windows.
    const own = encodeURIComponent(thingName)
    files[`${own}/device.cert.pem`] = certificatePem
    files[`${own}/device.key.pem`] = privateKeyPem
  }
  return zipPackage(folder, files)
}

const README = `New certificates of devices, with their private keys.

Whoever has a private key can connect as its device: keep this archive secret, and no longer than you need it.
The keys were made in a browser and are nowhere else. Who loses them makes new ones.

THING/device.cert.pem   the certificate, no secret
THING/device.key.pem    its private key
certificates.csv        which certificate is whose

Put both files on the device, beside or in place of those that it has, and have it connect. The console sees the device
with its new certificate, and then deactivates the old one, as it was told to.
`

function listOf(devices: readonly DeviceFiles[]): string {
  const lines = devices.map(({ thingName, certificateId }) => `${thingName},${certificateId}`)
  return `${['thing,certificate id', ...lines].join('\r\n')}\r\n`
}
