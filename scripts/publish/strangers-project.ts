import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { buildPackages } from './build-packages.ts'

const execute = promisify(execFile)

/** A package as it would be sent to the registry. */
export interface PackedPackage {
  readonly name: string
  readonly sizeBytes: number
  /** Paths within it, in order. */
  readonly files: readonly string[]
}

export interface StrangersProject extends Disposable {
  readonly folder: string
  readonly packed: readonly PackedPackage[]
  /**
   * Runs a program of Node there.
   * @returns what it wrote, together, and how it ended
   */
  node(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }>
}

/** What a stranger has beside our packages. */
const OWN = ['@aws-sdk/client-iot', '@types/node', 'mqtt', 'typescript', 'vitest']
/** What only the whole installation brings: `npm test` does without. */
const OWN_OF_REGISTRY = ['jest']

/**
 * Builds and packs the packages, and installs them in an empty folder: by npm from the registry, or faster, and without a
 * network, by hand. By hand, just the dependencies that a package names are there, as links to those of the project: what
 * it imports beside these is missing.
 */
export async function makeStrangersProject(
  root: string,
  how: 'by npm' | 'by hand',
  nodeProgram: string,
): Promise<StrangersProject> {
  using end = new DisposableStack()
  const place = mkdtempSync(join(realpathSync(tmpdir()), 'thingdeck-packages-'))
  end.defer(() => rmSync(place, { recursive: true, force: true }))
  const built = join(place, 'built')
  const folder = join(place, 'project')
  const packed = await pack(place, await buildPackages(root, built))
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stranger', private: true, type: 'module' }))
  if (how === 'by npm') {
    const tarballs = packed.map(({ tarball }) => tarball)
    await execute('npm', ['install', '--no-audit', '--no-fund', ...tarballs, ...OWN, ...OWN_OF_REGISTRY], {
      cwd: folder,
    })
  } else await installByHand(root, folder, packed)
  const made = end.move()
  return {
    folder,
    packed,
    node: async (...args) => {
      // Not those of the test that runs this.
      const { NODE_ENV: _, VITEST: __, FORCE_COLOR: ___, ...others } = process.env
      const env = { ...others, NO_COLOR: '1' }
      const run = execute(nodeProgram, args, { cwd: folder, env, maxBuffer: 16 * 1024 * 1024 })
      return run.then(
        ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
        ({ code, stdout, stderr }) => ({ code, said: stdout + stderr }), // as execFile rejects
      )
    },
    [Symbol.dispose]: () => made.dispose(),
  }
}

async function pack(
  place: string,
  folders: readonly string[],
): Promise<(PackedPackage & { readonly tarball: string })[]> {
  const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', place, ...folders], { cwd: place })
  const report: Record<string, PackReport> | PackReport[] = JSON.parse(stdout) // as npm writes it
  return Object.values(report).map(({ name, size, filename, files }) => ({
    name,
    sizeBytes: size,
    tarball: join(place, filename),
    files: files.map(({ path }) => path).sort(),
  }))
}

interface PackReport {
  readonly name: string
  readonly size: number
  readonly filename: string
  readonly files: readonly { readonly path: string }[]
}

async function installByHand(root: string, folder: string, packed: readonly { name: string; tarball: string }[]) {
  const modules = join(folder, 'node_modules')
  for (const { name, tarball } of packed) {
    mkdirSync(join(modules, name), { recursive: true })
    await execute('tar', ['-xzf', tarball, '-C', join(modules, name), '--strip-components=1'])
  }
  const ours = new Set(packed.map(({ name }) => name))
  const needed = new Set(OWN)
  for (const name of ours) {
    const { dependencies, bin = {} } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) // ours
    for (const dependency of Object.keys(dependencies)) if (!ours.has(dependency)) needed.add(dependency)
    for (const [command, file] of Object.entries<string>(bin))
      link(join(modules, name, file), join(modules, '.bin', command))
  }
  for (const name of needed) link(join(root, 'node_modules', name), join(modules, name))
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path)
}
