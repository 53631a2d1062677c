import type * as sdk from '@aws-sdk/client-lambda'
import type { Handlers } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import { DueTimes } from '../../foundation/due-times.ts'
import type { Functions } from '../../foundation/functions.ts'
import type { Service, ServiceContext } from '../../foundation/service.ts'
import { CodeSource } from './code-source.ts'
import { CodeStore } from './code-store.ts'
import { EventQueue } from './event-queue.ts'
import { functionHandlers } from './function-handlers.ts'
import type { FunctionProcess } from './function-process.ts'
import { FunctionRoles } from './function-roles.ts'
import { FunctionTable } from './function-table.ts'
import { LATEST } from './function-version.ts'
import { FunctionsFolder } from './functions-folder.ts'
import { Invocations } from './invocations.ts'
import { invokeHandlers } from './invoke-handlers.ts'
import { LAMBDA } from './lambda-api.ts'
import { LambdaFunctions } from './lambda-functions.ts'
import { lambdaNeeds } from './lambda-needs.ts'
import { permissionHandlers } from './permission-handlers.ts'
import { ProcessPool } from './process-pool.ts'
import { Runner } from './runner.ts'
import { Runtimes } from './runtimes.ts'
import { settingsHandlers } from './settings-handlers.ts'
import { startProcess } from './start-process.ts'
import { versionHandlers } from './version-handlers.ts'

/** What it is made with: services that have functions invoked stand on it. */
export interface LambdaContext
  extends Pick<
    ServiceContext,
    | 'account'
    | 'clock'
    | 'database'
    | 'log'
    | 'metrics'
    | 'roles'
    | 'policies'
    | 'accessKeys'
    | 'ownUrl'
    | 'dataDirectory'
    | 'logs'
    | 'after'
  > {
  /** A folder of modules that are functions, too: an absolute path. */
  readonly functionsFolder: string | undefined
}

export interface LambdaService extends Service {
  readonly functions: Functions
}

/** After its start, the server goes on with events that waited at its end. */
const RESTORE_MS = 500

/** Lambda: functions in JavaScript and Python, each version in processes of its own. */
export function lambdaService(context: LambdaContext): LambdaService {
  const { account, clock, log, metrics, accessKeys, ownUrl, dataDirectory } = context
  const table = new FunctionTable(context.database)
  const codes = new CodeStore(dataDirectory)
  const roles = new FunctionRoles({
    account,
    accessKeys,
    roles: context.roles,
    rolePolicies: context.policies.rolePolicies,
  })
  const runtimes = new Runtimes()
  const { env: environment } = process
  const starting = { account, clock, codes, roles, runtimes, ownUrl, environment, sink: context.logs }
  const pool = new ProcessPool<FunctionProcess>({
    start: (version) => startProcess(starting, version),
    limitOf: (name) => table.settings(name)?.reservedConcurrency,
    now: () => performance.now(),
  })
  const retire = (name: string) => pool.retire(name)
  const folder = new FunctionsFolder({ path: context.functionsFolder, account, clock, log, table, retire })
  const functions = new LambdaFunctions({
    account,
    clock,
    table,
    codes,
    refresh: () => folder.refresh(),
    retire,
    isRunning: (name) => pool.isInUse(name),
  })
  const runner = new Runner(pool, runtimes, metrics, clock)
  const queue = new EventQueue({
    clock,
    log,
    metrics,
    after: context.after,
    target: (arn) => {
      try {
        const found = functions.find(arn)
        const { eventInvoke } = functions.mustExist(found.name)
        return { version: invocations.versionFor(found), settings: eventInvoke[found.qualifier ?? LATEST] }
      } catch {
        return undefined // it is not there any more
      }
    },
    run: (version, invocation) => runner.run(version, invocation),
  })
  const invocations = new Invocations({ account, functions, runner, queue, random: Math.random })
  const s3Endpoint = environment.AWS_ENDPOINT_URL_S3
  const source = new CodeSource({ account, ownUrl, accessKeys, codes, s3Endpoint })
  functions.sweep()
  // A function may call the server, which is not there before all services are.
  let restoreAtMs: number | undefined = clock() + RESTORE_MS
  const restoring = new DueTimes(
    context,
    () => restoreAtMs,
    () => {
      queue.restore(table.takeEvents())
      restoreAtMs = undefined
    },
  )
  restoring.arm()
  return {
    name: 'lambda',
    apis: { lambda: LAMBDA },
    handlers: {
      lambda: {
        ...functionHandlers({ account, functions, roles, runtimes, source }),
        ...versionHandlers(account, functions),
        ...settingsHandlers(account, functions),
        ...permissionHandlers(functions),
        ...invokeHandlers(functions, invocations),
      } satisfies Handlers<typeof sdk, Caller>,
    },
    controlPlaneNeeds: lambdaNeeds,
    routes: [source.route()],
    functions: invocations,
    reset: () => {
      queue.clear()
      pool.clear()
      folder.forget()
      functions.sweep()
    },
    close: async () => {
      restoring.close()
      table.keepEvents(queue.drain())
      await pool.close()
      codes.close()
    },
  }
}
