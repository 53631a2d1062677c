import { deviceFolders } from '../../../shared/device-package/device-folders.ts'
import { credentialFiles } from '../../../shared/device-package/package-files.ts'
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
  const folders = devices.map(({ thingName, certificateId, ...credentials }) => {
    return { thingName, certificateId, files: credentialFiles(credentials) }
  })
  return zipPackage(folder, { 'README.txt': README, ...deviceFolders(folders) })
}

const README = `New certificates of devices, with their private keys.

Whoever has a private key can connect as its device: keep this archive secret, and no longer than you need it.
The keys were made in a browser and are nowhere else. Who loses them makes new ones.

THING/device.cert.pem   the certificate, no secret
THING/device.key.pem    its private key
certificates.csv        which certificate is whose, and in which folder

Put both files on the device, beside or in place of those that it has, and have it connect. The console sees the device
with its new certificate, and then deactivates the old one, as it was told to.
`
