import type { Account } from '../../foundation/account.ts'
import type { Clock } from '../../foundation/clock.ts'
import type { LogSink } from '../../foundation/log-sink.ts'
import type { CodeStore } from './code-store.ts'
import { FunctionLog } from './function-log.ts'
import { FunctionProcess } from './function-process.ts'
import type { FunctionRoles } from './function-roles.ts'
import type { FunctionVersion } from './function-version.ts'
import { MAX_RESULT_BYTES } from './invocations.ts'
import type { Runtimes } from './runtimes.ts'

export interface StartProcessParts {
  readonly account: Account
  readonly clock: Clock
  readonly sink: LogSink
  readonly codes: CodeStore
  readonly roles: FunctionRoles
  readonly runtimes: Runtimes
  /** Of this server: the endpoint of all services, for the function's clients. */
  readonly ownUrl: string
  /** Of the server itself. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** Starts a process for a version of a function, with the credentials of its role and nothing else of the server's. */
export function startProcess(parts: StartProcessParts, version: FunctionVersion): FunctionProcess {
  const { account, clock, sink, codes, roles, runtimes, ownUrl, environment } = parts
  const { name, handler, logGroup: group, memoryMb, runtime } = version
  const root = codes.rootOf(version.code)
  const log = new FunctionLog({
    sink,
    clock,
    group,
    version: version.version,
    mayWrite: (stream) => roles.mayLog(version.role, group, stream),
  })
  log.write(`INIT_START Runtime Version: ${runtime}`)
  // A runtime that has gone from the machine: the process ends at once, and its log says why.
  const command = runtimes.command(runtime, memoryMb) ?? { program: runtime, arguments: [] }
  return new FunctionProcess({
    command,
    root,
    handler,
    log,
    reloads: version.code.kind === 'folder',
    maxResultBytes: MAX_RESULT_BYTES,
    environment: {
      ...inherited(environment),
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
      AWS_ENDPOINT_URL: ownUrl,
      ...version.environment,
      _HANDLER: handler,
      LAMBDA_TASK_ROOT: root,
      AWS_REGION: account.region,
      AWS_DEFAULT_REGION: account.region,
      AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: version.version,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_LAMBDA_LOG_GROUP_NAME: group,
      AWS_LAMBDA_LOG_STREAM_NAME: log.stream,
      ...roles.credentials(version.role, name),
    },
  })
}

/** Programs are found as by the server, and endpoints that its environment names are those of its functions, too. */
function inherited(environment: StartProcessParts['environment']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && /^(?:PATH|TMPDIR|SystemRoot|AWS_ENDPOINT_URL_\w+)$/.test(name) ? [[name, value]] : [],
    ),
  )
}
