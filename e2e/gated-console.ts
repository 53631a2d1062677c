import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { startEmbeddedServer } from '../scripts/run/embedded-server.ts'
import { Service } from '../scripts/run/service.ts'
import { type BrokerGate, openBrokerGate } from './broker-gate.ts'
import { stack } from './stack.ts'

export interface GatedConsole extends AsyncDisposable {
  readonly url: string
  readonly gate: BrokerGate
  /** The account's administrator, who does not go through the gate. */
  readonly data: IoTDataPlaneClient
}

/** A console of its own, with nothing kept, whose way to the broker leads through a gate. */
export async function startGatedConsole(): Promise<GatedConsole> {
  await using started = new AsyncDisposableStack()
  const local = started.use(await startEmbeddedServer(stack.gatedConsole))
  const gate = started.use(await openBrokerGate(new URL(local.http)))
  const bff = new Service({
    name: 'console',
    program: fileURLToPath(new URL('../apps/bff/src/main.ts', import.meta.url)),
    args: [],
    env: {
      AWS_ENDPOINT_URL: local.http,
      AWS_ENDPOINT_URL_IOT_DATA_PLANE: gate.url,
      AWS_REGION: local.region,
      AWS_ACCOUNT_ID: local.account,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      PORT: new URL(stack.gatedConsole).port,
      PUBLIC_URL: stack.gatedConsole,
      OIDC_ISSUER: local.oidcIssuer,
      OIDC_CLIENT_ID: local.oidcClientId,
      COGNITO_IDENTITY_POOL_ID: local.identityPoolId,
    },
    logFile: join(mkdtempSync(join(tmpdir(), 'thingdeck-gated-')), 'console.log'),
  })
  started.defer(() => bff.stop())
  await bff.ready()
  const data = new IoTDataPlaneClient({
    endpoint: local.http,
    region: local.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const parts = started.move()
  return { url: stack.gatedConsole, gate, data, [Symbol.asyncDispose]: () => parts.disposeAsync() }
}
