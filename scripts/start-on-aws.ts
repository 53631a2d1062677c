import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { layout } from './run/layout.ts'
import { Services } from './run/services.ts'

/** What a console with somebody's own AWS credentials is started with. */
export interface OwnConsoleOptions {
  readonly consolePort: string
  /** Where everything is kept: what is of an account in a folder of its own. */
  readonly data: string
  readonly isReadOnly: boolean
  readonly liveRole?: string | undefined
  readonly region?: string | undefined
  /** The environment's name, and what it is for. */
  readonly environment?: string | undefined
  readonly environmentKind?: string | undefined
}

/** What the console says of itself once it answers. */
interface OwnConsoleReady {
  /** Opens it, once, within minutes: for the person at this terminal alone, and never in a log. */
  readonly open: string
  readonly account: string
  readonly region: string
  readonly arn: string
}

/** `npm start -- --aws`: the console alone, with the AWS credentials of whoever starts it. */
export async function startOnAws(options: OwnConsoleOptions): Promise<void> {
  const { consolePort, data, isReadOnly, liveRole, region, environment, environmentKind } = options
  const services = new Services(join(data, 'aws'))
  try {
    const webRoot = await layout.webApp()
    const service = services.start({
      name: 'console',
      program: 'apps/bff/src/main.ts',
      hasInput: true,
      environment: {
        ...process.env,
        SIGN_IN: 'aws',
        HOST: 'localhost',
        PORT: consolePort,
        PUBLIC_URL: `http://localhost:${consolePort}`,
        READ_ONLY: isReadOnly ? 'on' : 'off',
        ...(liveRole !== undefined && { LIVE_ROLE_ARN: liveRole }),
        ...(region !== undefined && { AWS_REGION: region }),
        ...(environment !== undefined && { THINGDECK_ENVIRONMENT: environment }),
        ...(environmentKind !== undefined && { THINGDECK_ENVIRONMENT_KIND: environmentKind }),
        DATA_FOLDER: join(data, 'aws'),
        WEB_ROOT: webRoot,
      },
    })
    const { open, account, region: at, arn } = await service.ready<OwnConsoleReady>()
    services.allReady()
    console.log(`Thingdeck is ready: ${open}`)
    console.log(`It acts as ${arn} in account ${account}, ${at}${isReadOnly ? ', and only reads' : ''}.`)
    console.log('The address opens it once, within five minutes. Enter: a new one. Ctrl+C: the end.')
    createInterface({ input: process.stdin }).on('line', async () => {
      service.write('')
      const { open } = JSON.parse(await service.line((text) => text.startsWith('{"open"'))) as OwnConsoleReady
      console.log(open)
    })
  } catch (error) {
    if (!services.isStopping) await services.stop(1, (error as Error).message)
  }
}
