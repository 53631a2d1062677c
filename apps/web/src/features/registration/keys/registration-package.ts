import { deviceFolders } from '../../../shared/device-package/device-folders.ts'
import { type DevicePackage, usualTopics } from '../../../shared/device-package/device-package.ts'
import { credentialFiles, packageFiles } from '../../../shared/device-package/package-files.ts'
import { zipPackage } from '../../../shared/zip-package.ts'

/** What one device gets; without a key where it made its own. */
export interface DeviceFiles {
  readonly thingName: string
  readonly certificateId: string
  readonly certificatePem: string
  readonly privateKeyPem?: string
}

/** Where the devices will connect, and what they trust; what is left out could not be had. */
export interface RegistrationPlace {
  readonly place?: DevicePackage['place']
  readonly rootCaPem?: string
}

/**
 * Keys and certificates of new devices as one archive: a list of what is whose, and a folder for each device with all that
 * the archive of a single one has. Where the place is not known, a folder has key, certificate and root CA alone.
 */
export function registrationPackage(
  folder: string,
  devices: readonly DeviceFiles[],
  { place, rootCaPem }: RegistrationPlace,
): Blob {
  const folders = devices.map(({ thingName, ...own }) => {
    const credentials = { ...own, ...(rootCaPem !== undefined && { rootCaPem }) }
    const files = place
      ? packageFiles({ ...credentials, place, clientId: thingName, topics: usualTopics(thingName) })
      : credentialFiles(credentials)
    return { thingName, certificateId: own.certificateId, files }
  })
  return zipPackage(folder, { 'README.txt': readme(place !== undefined), ...deviceFolders(folders) })
}

const readme = (
  isPlaceKnown: boolean,
): string => `New devices: certificates, and their private keys where they were made in the browser.

Whoever has a private key can connect as its device: keep this archive secret, and no longer than you need it.
The keys are nowhere else once the browser was told to forget them.

certificates.csv        which certificate is whose, and in which folder
THING/device.cert.pem   the certificate, no secret
THING/device.key.pem    its private key; not there where the device made its own
THING/root-ca.pem       what the device trusts; not there where it could not be fetched
${isPlaceKnown ? WITH_PLACE : WITHOUT_PLACE}`

const WITH_PLACE = `THING/README.md         where the device connects, as what, and how the samples are run
THING/samples           programs for mosquitto, Node.js, Python and ESP-IDF that connect as the device
`

const WITHOUT_PLACE = `
Where the devices connect could not be asked when this was made: the console says it on the page of each thing.
`
