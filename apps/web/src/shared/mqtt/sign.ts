import { presignMqttUrl } from '@thingdeck/sigv4'
import { serverNow } from '../clock/server-clock.ts'
import type { MqttCredentials } from './credentials.ts'

/** The presigned URL that opens a connection now, by the server's clock. */
export function signMqttUrl({ info }: MqttCredentials): Promise<string> {
  return presignMqttUrl({
    url: info.url,
    region: info.region,
    credentials: info.credentials,
    date: new Date(serverNow()),
  })
}
