import { fileURLToPath } from 'node:url'
import { buildApp } from './app.ts'
import { createAws } from './aws/aws.ts'
import { type OwnAccount, openOwnAccount } from './aws/own-account/open-own-account.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { endInOrder } from './end-in-order.ts'
import { listen } from './listen.ts'
import { createLogger } from './logger.ts'
import { makeOwnConsole } from './own-console.ts'
import { Problem } from './problem.ts'
import { isOwnConsole } from './sign-in-config.ts'
import { openStores } from './stores/stores.ts'

/** Ends with a sentence, not with a stack: these are the operator's to mend. */
function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

async function configuration(): Promise<{ config: Config; own: OwnAccount | undefined }> {
  const defaults = { webRoot: fileURLToPath(new URL('../../web/dist', import.meta.url)) }
  try {
    const own = isOwnConsole(process.env) ? await openOwnAccount(process.env) : undefined
    return { config: readConfig({ ...process.env, ...own?.environment }, defaults), own }
  } catch (error) {
    if (error instanceof ConfigError || error instanceof Problem) fail(error.message)
    throw error
  }
}

const { config, own } = await configuration()
const logger = createLogger(config.logLevel)

try {
  const stores = await openStores(config, logger)
  const aws = createAws(config, own?.sdk, stores.apiRates)
  const ownConsole = own && makeOwnConsole(own, config)
  const app = await buildApp({ config, logger, aws, stores, ...ownConsole?.parts })
  await listen(app, config)
  console.log(JSON.stringify({ ready: true, url: config.publicUrl.href, ...ownConsole?.ready() }))
  ownConsole?.answerEnter()
  endInOrder({ app, drainMs: config.drainMs })
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
