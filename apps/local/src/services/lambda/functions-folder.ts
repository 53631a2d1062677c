import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { Logger } from 'pino'
import type { Account } from '../../foundation/account.ts'
import type { Clock } from '../../foundation/clock.ts'
import { NEW } from './function-handlers.ts'
import { functionArn } from './function-name.ts'
import type { FunctionTable } from './function-table.ts'
import { type FunctionCode, type FunctionVersion, LATEST } from './function-version.ts'
import { statementOf } from './resource-policy.ts'

export interface FunctionsFolderParts {
  /** Absolute; undefined where the server was told of none. */
  readonly path: string | undefined
  readonly account: Account
  readonly clock: Clock
  readonly log: Logger
  readonly table: FunctionTable
  readonly retire: (name: string) => void
}

/** A function as it lies in the folder. */
interface Module {
  readonly name: string
  readonly runtime: string
  readonly handler: string
  /** The folder of its code. */
  readonly root: string
  /** The file that has the handler. */
  readonly file: string
}

const NODE_EXTENSIONS = ['.mjs', '.js', '.cjs', '.mts', '.ts', '.cts']
const NODE_RUNTIME = `nodejs${process.versions.node.split('.')[0]}.x`
const PYTHON_RUNTIME = 'python3.13'
const NAME = /^[a-zA-Z0-9-_]{1,64}$/
/** Whether a file was changed is looked at so often: what runs looks for itself, before each event. */
const LOOK_MS = 1_000
const PERMISSION = 'functions-folder'

/**
 * A folder of modules, each of which is a function: `pump.mjs` is the function `pump`, and so is `pump/index.mjs`. They
 * are in the account while they are in the folder; AWS IoT of the account may invoke them.
 */
export class FunctionsFolder {
  readonly #parts: FunctionsFolderParts
  #changedAtMs = Number.NaN
  #lookedAtMs = Number.NEGATIVE_INFINITY
  #modules: readonly Module[] = []
  readonly #complaints = new Set<string>()

  constructor(parts: FunctionsFolderParts) {
    this.#parts = parts
    if (parts.path === undefined) this.#removeOthers(new Set())
  }

  /** Brings the account's functions up to date. Costs a look at the folder where nothing has changed. */
  refresh(): void {
    const { path } = this.#parts
    if (path === undefined) return
    const changedAtMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
    const now = performance.now()
    if (changedAtMs === this.#changedAtMs && now - this.#lookedAtMs < LOOK_MS) return
    if (changedAtMs !== this.#changedAtMs) this.#modules = this.#read(path)
    this.#changedAtMs = changedAtMs
    this.#lookedAtMs = now
    this.#parts.table.transaction(() => {
      this.#removeOthers(new Set(this.#modules.map(({ name }) => name)))
      for (const module of this.#modules) this.#put(module)
    })
  }

  /** The tables were emptied. */
  forget(): void {
    this.#changedAtMs = Number.NaN
    this.#complaints.clear()
  }

  #read(path: string): readonly Module[] {
    if (!existsSync(path)) {
      this.#complain(path, 'the folder of --functions is not there')
      return []
    }
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
      const { name } = entry
      if (/^[._]|^node_modules$|\.d\.[cm]?ts$|\.test\.|\.json$|\.md$/.test(name)) return []
      const isFolder = statSync(join(path, name), { throwIfNoEntry: false })?.isDirectory() === true
      const module = isFolder ? moduleOfFolder(join(path, name)) : moduleOfFile(path, name)
      if (module && NAME.test(module.name)) return [module]
      this.#complain(name, 'what is in the folder of --functions is no function: see docs/local.md')
      return []
    })
  }

  #put(module: Module): void {
    const { table, account, clock, retire } = this.#parts
    const { name, runtime, handler, root } = module
    const settings = table.settings(name)
    if (settings && !settings.isFromFolder) {
      this.#complain(name, 'a function of --functions is not served: the account has one of that name already')
      return
    }
    const content = contentOf(module.file)
    if (!content) return // it is being replaced: the next look finds it
    const code: FunctionCode = { kind: 'folder', root, ...content }
    const before = table.version(name, LATEST)
    if (before && isSame(before, { runtime, handler, code })) return
    table.transaction(() => {
      if (!settings) {
        table.putSettings(name, { tags: {}, eventInvoke: {}, isFromFolder: true })
        const { id: sourceAccount } = account
        const permission = { statementId: PERMISSION, action: 'lambda:InvokeFunction', principal: 'iot.amazonaws.com' }
        table.addStatement(
          name,
          '',
          statementOf({ ...permission, resource: functionArn(account, name), sourceAccount }),
        )
      }
      table.putVersion({
        ...NEW,
        role: `arn:aws:iam::${account.id}:role/functions-folder`,
        architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
        logGroup: `/aws/lambda/${name}`,
        ...before,
        name,
        version: LATEST,
        runtime,
        handler,
        code,
        revisionId: randomUUID(),
        modifiedAtMs: clock(),
      })
    })
    retire(name)
  }

  #removeOthers(kept: ReadonlySet<string>): void {
    const { table, retire } = this.#parts
    for (const name of table.namesOfFolder()) {
      if (kept.has(name)) continue
      table.remove(name)
      retire(name)
    }
  }

  #complain(what: string, words: string): void {
    if (this.#complaints.has(what)) return
    this.#complaints.add(what)
    this.#parts.log.warn({ name: what }, words)
  }
}

function moduleOfFile(folder: string, file: string): Module | undefined {
  const extension = extname(file)
  const name = basename(file, extension)
  const found = { name, root: folder, file: join(folder, file) }
  if (extension === '.py') return { ...found, runtime: PYTHON_RUNTIME, handler: `${name}.lambda_handler` }
  if (NODE_EXTENSIONS.includes(extension)) return { ...found, runtime: NODE_RUNTIME, handler: `${name}.handler` }
  return undefined
}

function moduleOfFolder(root: string): Module | undefined {
  const name = basename(root)
  const index = NODE_EXTENSIONS.map((extension) => join(root, `index${extension}`)).find((path) => existsSync(path))
  if (index !== undefined) return { name, root, file: index, runtime: NODE_RUNTIME, handler: 'index.handler' }
  const file = join(root, 'lambda_function.py')
  if (!existsSync(file)) return undefined
  return { name, root, file, runtime: PYTHON_RUNTIME, handler: 'lambda_function.lambda_handler' }
}

/** Of the file that has the handler; undefined where it is not there. */
function contentOf(file: string): { readonly sha256: string; readonly sizeBytes: number } | undefined {
  try {
    const content = readFileSync(file)
    return { sha256: createHash('sha256').update(content).digest('base64'), sizeBytes: content.length }
  } catch {
    return undefined
  }
}

const isSame = (
  before: FunctionVersion,
  { runtime, handler, code }: Pick<FunctionVersion, 'runtime' | 'handler' | 'code'>,
) => before.runtime === runtime && before.handler === handler && JSON.stringify(before.code) === JSON.stringify(code)
