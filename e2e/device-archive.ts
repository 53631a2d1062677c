import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { unzipSync } from 'fflate'

/** How a sample is run, as the README of the archive says it. */
export const SAMPLES = {
  'Node.js': [process.execPath, 'samples/node.mjs'],
  mosquitto: ['sh', 'samples/mosquitto.sh'],
  // Not the one of a version manager, which has no packages: the distribution's.
  Python: ['/usr/bin/python3', 'samples/python.py'],
} as const
export type SampleName = keyof typeof SAMPLES

/** What a sample needs of the machine. */
const NEEDS = {
  'Node.js': [process.execPath, '--version'],
  mosquitto: ['mosquitto_pub', '--help'],
  Python: ['/usr/bin/python3', '-c', 'import paho.mqtt.client'],
} as const

/** Why a sample cannot run on this machine; undefined: it can. */
export async function whyNotRun(name: SampleName): Promise<string | undefined> {
  const [command, ...args] = NEEDS[name]
  try {
    await promisify(execFile)(command, args)
    return undefined
  } catch (error) {
    // mosquitto_pub says its help and ends with 1.
    if (error instanceof Error && 'code' in error && error.code === 1 && name === 'mosquitto') return undefined
    return `${NEEDS[name].join(' ')}: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** An archive of the console, unpacked as whoever gets it does. */
export interface DeviceArchive extends AsyncDisposable {
  readonly file: (name: string) => Promise<string>
  /** Where a file lies, or is put by what runs there. */
  readonly path: (name: string) => string
  /** Runs a sample to its end. @returns what it printed */
  readonly run: (sample: SampleName) => Promise<string>
  /** Runs a sample that listens. @returns its first line that has this in it, when it comes */
  readonly hear: (sample: SampleName, text: string) => Promise<string>
}

/** Downloads the archive, and lays it beside the packages of this repository, where the sample for Node finds its own. */
export async function downloadArchive(page: Page): Promise<DeviceArchive> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as a zip' }).click(),
  ])
  const files = unzipSync(await readFile(await download.path()))
  await mkdir('test-results', { recursive: true })
  const folder = await mkdtemp(join('test-results', 'zip-'))
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
  const [top = ''] = Object.keys(files)[0]?.split('/') ?? []
  const cwd = join(folder, top)
  const running = new Set<ChildProcess>()
  return {
    file: (name) => readFile(join(cwd, name), 'utf8'),
    path: (name) => join(cwd, name),
    async run(sample) {
      const [command, path] = SAMPLES[sample]
      const { stdout } = await promisify(execFile)(command, [path], { cwd, timeout: 30_000 })
      return stdout
    },
    hear(sample, text) {
      const [command, path] = SAMPLES[sample]
      const child = spawn(command, [path, 'listen'], { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
      running.add(child)
      return new Promise((resolve, reject) => {
        child.once('error', reject)
        child.once('exit', (code) => reject(new Error(`The sample for ${sample} ended with ${code}`)))
        createInterface({ input: child.stdout }).on('line', (line) => {
          if (!line.includes(text)) return
          child.removeAllListeners('exit').kill()
          running.delete(child)
          resolve(line)
        })
      })
    },
    async [Symbol.asyncDispose]() {
      for (const child of running) child.removeAllListeners('exit').kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
