import type { DeviceEndpoint } from '@thingdeck/contract'
import { paths } from '../../shared/paths.ts'

/** The address where the same device is waited for. @param origin of the console */
export const addressForPhone = (origin: string, thing: string, certificate: string): string =>
  `${origin}${paths.connectDevice({ thing, certificate })}`

/** What an app needs to set a device up that has its key already. */
export const connectionFacts = (
  { host, port }: Pick<DeviceEndpoint, 'host' | 'port'>,
  clientId: string,
  certificateId: string,
): string => JSON.stringify({ endpoint: host, port, clientId, certificateId })

/** Names that lead to the machine that one is at, wherever that is. */
export const isOfThisMachine = (hostname: string): boolean =>
  /^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(hostname)
