import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { type EmbeddedServerReady, embeddedServer, sdkOf } from '../../../../scripts/run/embedded-server.ts'
import { Service } from '../../../../scripts/run/service.ts'
import type { Local } from '../../src/index.ts'

/** Nothing of the developer's own settings. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env
  return { PATH, HOME, TMPDIR }
}

/** A start that fails: its exit code and what it said. */
export async function failingStart(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [embeddedServer().program, ...args], {
    env: bareEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [[code], stdout, stderr] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)])
  return { code, stdout, stderr }
}

/** The server as a process of its own, on free ports. */
export class ServerProcess {
  readonly ready: EmbeddedServerReady
  readonly #service: Service
  readonly #errors: readonly string[]

  constructor(ready: EmbeddedServerReady, service: Service, errors: readonly string[]) {
    this.ready = ready
    this.#service = service
    this.#errors = errors
  }

  /** What it said on standard error. */
  get errors(): string {
    return this.#errors.join('\n')
  }

  static async start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
    const errors: string[] = []
    const service = new Service({
      ...embeddedServer({ args: ['--log-level', 'error', ...args] }),
      environment: { ...bareEnvironment(), ...env },
      onError: (line) => {
        errors.push(line)
        console.error(line)
      },
    })
    return new ServerProcess(await service.ready<EmbeddedServerReady>(), service, errors)
  }

  /** What a test's clients need, as if the server ran in this process. */
  get local(): Pick<Local, 'sdk' | 'urls'> {
    const { http, https, mqtts, ws, wss, oidcIssuer } = this.ready
    return { sdk: sdkOf(this.ready), urls: { http, https, mqtts, ws, wss, oidcIssuer } }
  }

  /** @returns the exit code */
  stop(signal: NodeJS.Signals): Promise<number | null> {
    return this.#service.stop(signal)
  }
}
