import { fileURLToPath } from 'node:url'
import { buildApp } from './app.ts'
import { createAws } from './aws/aws.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { endInOrder } from './end-in-order.ts'
import { createLogger } from './logger.ts'
import { openStores } from './stores/stores.ts'

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

try {
  const stores = await openStores(config, logger)
  const app = await buildApp({ config, logger, aws: createAws(config, {}, stores.apiRates), stores })
  await app.listen({ host: config.host, port: config.port })
  console.log(JSON.stringify({ ready: true, url: config.publicUrl.href }))
  endInOrder({ app, drainMs: config.drainMs })
} catch (error) {
  const { code, name, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    fail(
      `Port ${config.port} is taken: stop what uses it, or choose another with PORT, or --console-port of what started it.`,
    )
  if (code === 'EACCES')
    fail(`Port ${config.port} needs a permission that this user does not have: choose one above 1023 with PORT.`)
  fail(`The console could not start: ${name}: ${message}`)
}
