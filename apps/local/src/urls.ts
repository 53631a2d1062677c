import type { Config } from './config.ts'

/** Every address of a running server. */
export interface LocalUrls {
  /** AWS APIs: what AWS_ENDPOINT_URL is set to. */
  readonly http: string
  readonly https: string
  /** MQTT over TLS with a client certificate. */
  readonly mqtts: string
  /** MQTT over WebSocket with SigV4. */
  readonly ws: string
  readonly wss: string
  readonly oidcIssuer: string
}

export interface Ports {
  readonly http: number
  readonly https: number
  readonly mqtts: number
}

/** The addresses as a client writes them. */
export function urlsOf({ host }: Pick<Config, 'host'>, ports: Ports): LocalUrls {
  const name = host.includes(':') ? `[${host}]` : host
  return {
    http: `http://${name}:${ports.http}`,
    https: `https://${name}:${ports.https}`,
    mqtts: `mqtts://${name}:${ports.mqtts}`,
    ws: `ws://${name}:${ports.http}/mqtt`,
    wss: `wss://${name}:${ports.https}/mqtt`,
    oidcIssuer: `http://${name}:${ports.http}/oidc`,
  }
}
