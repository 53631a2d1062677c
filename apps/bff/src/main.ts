import { fileURLToPath } from 'node:url'
import { CognitoIdentityClient } from '@aws-sdk/client-cognito-identity'
import { IoTClient } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { buildApp } from './app.ts'
import { createDataPlaneEndpoint } from './aws/endpoint.ts'
import { createShadows } from './aws/shadows.ts'
import { createThings } from './aws/things.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { createLogger } from './logger.ts'
import { createCertificates } from './modules/certificates/certificates.ts'
import { createIssuer } from './modules/session/issuer.ts'
import { createMqttAccess } from './modules/session/mqtt-access.ts'
import { createFleet } from './modules/things/fleet.ts'
import { openState } from './stores/stores.ts'

/** Ends with a sentence, not with a stack: these are the operator's to mend. */
function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

function configuration(): Config {
  try {
    return readConfig(process.env, { webRoot: fileURLToPath(new URL('../../web/dist', import.meta.url)) })
  } catch (error) {
    if (error instanceof ConfigError) fail(error.message)
    throw error
  }
}

const config = configuration()
const logger = createLogger(config.logLevel)
const iot = new IoTClient({})
const cognito = new CognitoIdentityClient({})
const endpoint = createDataPlaneEndpoint(config.dataPlaneEndpoint, iot)
// The data plane's host is the account's own; the SDK cannot know it from the region.
const data = new IoTDataPlaneClient({ endpoint: async () => ({ url: await endpoint.rest() }) })

try {
  const app = await buildApp({
    config,
    logger,
    mqttOrigin: (await endpoint.mqtt()).origin,
    issuer: createIssuer(config),
    mqttAccess: createMqttAccess(config, { iot, cognito, endpoint }),
    things: createThings(iot, data),
    fleet: createFleet(iot),
    certificates: createCertificates(iot),
    shadows: createShadows(data),
    state: await openState(config, logger),
  })
  await app.listen({ host: config.host, port: config.port })
  console.log(JSON.stringify({ ready: true, url: config.publicUrl.href }))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      await app.close()
      process.exit(0)
    })
  }
} catch (error) {
  const { code, name, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    fail(
      `Port ${config.port} is taken: stop what uses it, or choose another with PORT (npm start -- --console-port N).`,
    )
  if (code === 'EACCES')
    fail(`Port ${config.port} needs a permission that this user does not have: choose one above 1023 with PORT.`)
  fail(`The console could not start: ${name}: ${message}`)
}
