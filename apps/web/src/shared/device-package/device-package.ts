import type { DeviceEndpoint } from '@thingdeck/contract'

/** The names under which files are in the archive. */
export const FILES = {
  certificate: 'device.cert.pem',
  privateKey: 'device.key.pem',
  rootCa: 'root-ca.pem',
} as const

/** Where samples send and listen. */
export interface SampleTopics {
  readonly publish: string
  /** A topic filter. */
  readonly subscribe: string
}

/** What a device needs to connect, and to whom. */
export interface DevicePackage {
  readonly place: Pick<DeviceEndpoint, 'host' | 'port' | 'rootCaUrl'>
  readonly clientId: string
  readonly topics: SampleTopics
  readonly certificateId: string
  readonly certificatePem: string
  /** Absent: it never was here. */
  readonly privateKeyPem?: string
  /** Absent: it could not be fetched. */
  readonly rootCaPem?: string
}

/** What the policy template of devices allows a client of this id that is the thing of that name. */
export const usualTopics = (clientId: string): SampleTopics => ({
  publish: `dt/${clientId}/telemetry`,
  subscribe: `cmd/${clientId}/#`,
})
