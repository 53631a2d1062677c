import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { isOf, isPrefix, prefixOf } from './prefix.ts'
import { isResourceKind, type ResourceKind } from './resource-kind.ts'

/** What the run was about to make. Whether it was made nobody knows: removing what is not there is no failure. */
export interface LedgerEntry {
  readonly kind: ResourceKind
  /** As its operations name it. Of a certificate whose id AWS has yet to say: empty. */
  readonly name: string
  readonly atMs: number
  /** Of a certificate: the SHA-256 of its public key, by which it is found. Left out where AWS makes the key. */
  readonly publicKey?: string
}

/** Whose ledger it is. */
export interface LedgerHead {
  readonly ledger: 1
  readonly account: string
  readonly region: string
  readonly prefix: string
}

/**
 * A file of everything that a run makes, each line on the disk before the call that makes it leaves: whatever ends the
 * run, what it left behind is known.
 */
export class Ledger implements Disposable {
  readonly path: string
  readonly #file: number
  readonly entries: LedgerEntry[] = []

  constructor(path: string, head: LedgerHead) {
    mkdirSync(dirname(path), { recursive: true })
    this.path = path
    this.#file = openSync(path, 'ax', 0o600)
    this.#write(head)
  }

  /** Returns when the line is on the disk. */
  add(entry: LedgerEntry): void {
    this.#write(entry)
    this.entries.push(entry)
  }

  #write(line: LedgerHead | LedgerEntry): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`)
    fsyncSync(this.#file)
  }

  [Symbol.dispose](): void {
    closeSync(this.#file)
  }
}

/**
 * Reads what a run left. A last line that was cut is of a call that never left. What it names is removed from an account, so
 * that a file which names anything else than a run makes is refused as a whole, wherever it comes from.
 * @throws {Error} where the file is no ledger, or names what no run made
 */
export function readLedger(path: string): { head: LedgerHead; entries: readonly LedgerEntry[] } {
  const lines = readFileSync(path, 'utf8').split('\n')
  lines.pop()
  const [head, ...entries] = lines.map((line) => JSON.parse(line) as unknown)
  if (!isHead(head)) {
    throw new Error(
      `${path} is no ledger of a conformance run: its first line names no prefix like ${prefixOf('x7k2')}, with account and region`,
    )
  }
  return {
    head,
    entries: entries.map((entry, index) => {
      if (isEntryOf(head.prefix, entry)) return entry
      throw new Error(
        `Line ${index + 2} of ${path} names what the run ${head.prefix} did not make: nothing was removed. Correct the file, or clean up by --prefix.`,
      )
    }),
  }
}

function isHead(line: unknown): line is LedgerHead {
  if (typeof line !== 'object' || line === null) return false
  const { prefix, account, region } = line as Partial<Record<keyof LedgerHead, unknown>>
  return typeof prefix === 'string' && isPrefix(prefix) && typeof account === 'string' && typeof region === 'string'
}

function isEntryOf(prefix: string, line: unknown): line is LedgerEntry {
  if (typeof line !== 'object' || line === null) return false
  const { kind, name, atMs, publicKey } = line as Partial<Record<keyof LedgerEntry, unknown>>
  if (!isResourceKind(kind) || typeof name !== 'string' || typeof atMs !== 'number') return false
  if (kind === 'certificate') {
    const isKey = publicKey === undefined || (typeof publicKey === 'string' && SHA256.test(publicKey))
    return isKey && (name === '' || (publicKey !== undefined && SHA256.test(name)))
  }
  return isOf(prefix, name)
}

const SHA256 = /^[0-9a-f]{64}$/
