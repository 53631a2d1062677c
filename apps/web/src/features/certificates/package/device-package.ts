import type { DeviceEndpoint } from '@thingdeck/contract'

/** The names under which files are in the archive. */
export const FILES = {
  certificate: 'device.cert.pem',
  privateKey: 'device.key.pem',
  rootCa: 'root-ca.pem',
} as const

/** What a device needs to connect, and to whom. */
export interface DevicePackage {
  readonly place: Pick<DeviceEndpoint, 'host' | 'port' | 'rootCaUrl'>
  readonly clientId: string
  readonly certificateId: string
  readonly certificatePem: string
  /** Absent: it never was here. */
  readonly privateKeyPem?: string
  /** Absent: it could not be fetched. */
  readonly rootCaPem?: string
}

/** Where the samples publish: the policy has to allow it. */
export const topicOf = (clientId: string): string => `dt/${clientId}`
