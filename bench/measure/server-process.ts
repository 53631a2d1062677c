import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The embedded server as a process of its own, on free ports. */
export interface ServerProcess {
  readonly pid: number
  /** For the clients of the AWS SDK. */
  readonly sdk: {
    readonly endpoint: string
    readonly region: string
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  }
  readonly httpPort: number
  readonly mqttsPort: number
  readonly rootCaPath: string
  /** From the start of the process to its ready line. */
  readonly readyMs: number
  stop(): void
  /** Stops it as a service manager does, and waits for its end. */
  end(): Promise<void>
}

/** A line of the log. */
export type LogEntry = Readonly<Record<string, unknown>>

const MAIN = fileURLToPath(new URL('../../apps/local/src/main.ts', import.meta.url))

/** Starts the server in `cwd` and waits for its ready line. What it logs (at `error`) is shown, or given to `onLog`. */
export async function startServerProcess(
  cwd: string,
  args: readonly string[],
  onLog?: (entry: LogEntry) => void,
): Promise<ServerProcess> {
  const ports = ['--port', '0', '--mqtt-port', '0', '--https-port', '0']
  const startMs = performance.now()
  const child = spawn(process.execPath, [MAIN, ...ports, '--log-level', 'error', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', onLog ? 'pipe' : 'inherit'],
  })
  if (onLog && child.stderr) createInterface({ input: child.stderr }).on('line', (line) => onLog(JSON.parse(line)))
  const { stdout } = child
  if (!stdout) throw new Error('The server has no standard output')
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: stdout }).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`The server ended with exit code ${code}`)))
  })
  const readyMs = performance.now() - startMs
  const ready: { http: string; mqtts: string; rootCaPath: string; region: string } = JSON.parse(line)
  return {
    pid: child.pid ?? 0,
    sdk: {
      endpoint: ready.http,
      region: ready.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    },
    httpPort: Number(new URL(ready.http).port),
    mqttsPort: Number(new URL(ready.mqtts).port),
    rootCaPath: ready.rootCaPath,
    readyMs,
    stop: () => void child.kill('SIGKILL'),
    end: async () => {
      const ended = once(child, 'close')
      child.kill('SIGTERM')
      await ended
    },
  }
}
