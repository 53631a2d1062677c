import { createHash, randomUUID } from 'node:crypto'
import type { Account } from '../../foundation/account.ts'
import type { Clock } from '../../foundation/clock.ts'
import type { CodeStore } from './code-store.ts'
import { functionArn, type NamedFunction, parseFunctionName } from './function-name.ts'
import type { FunctionAlias, FunctionSettings, FunctionTable } from './function-table.ts'
import { type FunctionVersion, LATEST } from './function-version.ts'
import { conflict, functionNotFound, invalidParameter, notFound, preconditionFailed } from './lambda-errors.ts'

export interface LambdaFunctionsParts {
  readonly account: Account
  readonly clock: Clock
  readonly table: FunctionTable
  readonly codes: CodeStore
  /** Looks whether the folder of functions has changed, where there is one. */
  readonly refresh: () => void
  /** Has what runs of a function no more to do. */
  readonly retire: (name: string) => void
  readonly isRunning: (name: string) => boolean
}

/** A function as it was named: the version that is meant. */
export interface FoundFunction extends NamedFunction {
  /** With the qualifier that was said. */
  readonly arn: string
  readonly version: FunctionVersion
  readonly alias: FunctionAlias | undefined
}

/** Of a version, what whoever makes or changes it says. */
export type FunctionDefinition = Omit<FunctionVersion, 'version' | 'revisionId' | 'modifiedAtMs'>

/** The account's functions, with their versions and aliases. */
export class LambdaFunctions {
  readonly #parts: LambdaFunctionsParts

  constructor(parts: LambdaFunctionsParts) {
    this.#parts = parts
  }

  get table(): FunctionTable {
    return this.#parts.table
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.#parts.clock()
  }

  /** Looks whether the folder of functions has changed. */
  refresh(): void {
    this.#parts.refresh()
  }

  /** A revision id that follows from what it is of. */
  revisionOf(content: unknown): string {
    const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex')
    return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-')
  }

  arn(name: string, qualifier?: string): string {
    return functionArn(this.#parts.account, name, qualifier)
  }

  /** @throws {AwsError} ResourceNotFoundException; InvalidParameterValueException for what is no name */
  find(text: string, qualifier?: string): FoundFunction {
    const found = this.findNamed(text, qualifier)
    const version = this.#versionOf(found.name, found.alias?.functionVersion ?? found.qualifier ?? LATEST)
    if (!version) throw functionNotFound(found.arn)
    return { ...found, version }
  }

  /** As {@link find}, of functions whose version does not matter. */
  findNamed(text: string, qualifier?: string): Omit<FoundFunction, 'version'> {
    const { account, table } = this.#parts
    const named = parseFunctionName(account, text, qualifier)
    const arn = this.arn(named.name, named.qualifier)
    this.mustExist(named.name)
    const isAlias = named.qualifier !== undefined && named.qualifier !== LATEST && !/^\d+$/.test(named.qualifier)
    const alias = isAlias ? table.alias(named.name, named.qualifier ?? '') : undefined
    if (isAlias && !alias) throw notFound(`Cannot find alias arn: ${arn}`)
    return { ...named, arn, alias }
  }

  /** @throws {AwsError} ResourceNotFoundException */
  mustExist(name: string): FunctionSettings {
    this.#parts.refresh()
    const settings = this.#parts.table.settings(name)
    if (!settings) throw functionNotFound(this.arn(name))
    return settings
  }

  exists(name: string): boolean {
    this.#parts.refresh()
    return this.#parts.table.settings(name) !== undefined
  }

  /** @throws {AwsError} ResourceConflictException */
  mustBeNew(name: string): void {
    if (this.exists(name)) throw conflict(`Function already exist: ${name}`)
  }

  create(definition: FunctionDefinition, tags: Readonly<Record<string, string>>, publishes: boolean): FunctionVersion {
    const { table } = this.#parts
    return table.transaction(() => {
      this.mustBeNew(definition.name)
      table.putSettings(definition.name, { tags, eventInvoke: {}, isFromFolder: false })
      const latest = this.#putLatest(definition)
      return publishes ? this.#publish(latest, latest.description) : latest
    })
  }

  /**
   * Changes `$LATEST`.
   * @param revisionId that the caller expects
   * @throws {AwsError} PreconditionFailedException
   */
  update(
    name: string,
    change: Partial<Omit<FunctionDefinition, 'name'>>,
    { revisionId, publishes = false }: { readonly revisionId?: string | undefined; readonly publishes?: boolean } = {},
  ): FunctionVersion {
    const { table } = this.#parts
    const updated = table.transaction(() => {
      const before = this.#latest(name)
      checkRevision(before, revisionId)
      const latest = this.#putLatest({ ...before, ...change })
      return publishes ? this.#publish(latest, latest.description) : latest
    })
    this.#letGo(name)
    return updated
  }

  /** Whether code may be changed by a call: that of a folder is changed there. @throws {AwsError} */
  mustBeOfCalls(name: string): void {
    if (!this.mustExist(name).isFromFolder) return
    throw conflict(`The code of ${name} is in the folder of --functions: change it there.`)
  }

  /** @throws {AwsError} PreconditionFailedException; InvalidParameterValueException for other code than is expected */
  publish(
    name: string,
    expected: { readonly revisionId?: string | undefined; readonly codeSha256?: string | undefined },
    description?: string,
  ): FunctionVersion {
    return this.#parts.table.transaction(() => {
      const latest = this.#latest(name)
      checkRevision(latest, expected.revisionId)
      const { sha256 } = latest.code
      if (expected.codeSha256 !== undefined && expected.codeSha256 !== sha256) {
        throw invalidParameter(
          `CodeSHA256 (${expected.codeSha256}) is different from current CodeSHA256 in $LATEST (${sha256}). Please try again with the CodeSHA256 in $LATEST.`,
        )
      }
      this.mustBeOfCalls(name) // a version does not change, and files of a folder do
      return this.#publish(latest, description ?? latest.description)
    })
  }

  /** A function with all its versions, or one of those. @throws {AwsError} ResourceConflictException */
  delete({ name, qualifier }: NamedFunction): void {
    const { table } = this.#parts
    this.mustBeOfCalls(name)
    if (qualifier === undefined) {
      table.remove(name)
    } else {
      if (!/^\d+$/.test(qualifier)) {
        throw invalidParameter('$LATEST version cannot be deleted without deleting the function.')
      }
      if (!table.version(name, qualifier)) throw functionNotFound(this.arn(name, qualifier))
      const using = table.aliases(name).filter((alias) => isUsedBy(alias, qualifier))
      if (using.length > 0) {
        const aliases = using.map((alias) => alias.name).join(', ')
        throw conflict(`Version was not able to be deleted. The following aliases reference it: [${aliases}]`)
      }
      table.removeVersion(name, qualifier)
    }
    this.#letGo(name)
  }

  /** Ends what runs of a function that is another now, and lets go of its code: which no failing write may bring back. */
  #letGo(name: string): void {
    this.#parts.table.whenKept(() => {
      this.#parts.retire(name)
      this.sweep()
    })
  }

  /** Lets go of code that no version has any more. */
  sweep(): void {
    const { table, codes, isRunning } = this.#parts
    const used = table.allVersions().map(({ code }) => code.sha256)
    // What still runs may load another file of its own.
    if (table.allVersions().some(({ name }) => isRunning(name))) return
    codes.sweep(new Set(used))
  }

  #latest(name: string): FunctionVersion {
    const latest = this.#versionOf(name, LATEST)
    if (!latest) throw functionNotFound(this.arn(name))
    return latest
  }

  #versionOf(name: string, version: string): FunctionVersion | undefined {
    return version === LATEST || /^\d{1,9}$/.test(version) ? this.#parts.table.version(name, version) : undefined
  }

  #putLatest(definition: FunctionDefinition): FunctionVersion {
    const version = {
      ...definition,
      version: LATEST,
      revisionId: randomUUID(),
      modifiedAtMs: this.#parts.clock(),
    }
    this.#parts.table.putVersion(version)
    return version
  }

  /** "Lambda doesn't publish a version if the function's configuration and code haven't changed since the last one." */
  #publish(latest: FunctionVersion, description: string): FunctionVersion {
    const { table } = this.#parts
    const last = table.version(latest.name, String(table.lastVersion(latest.name)))
    const wanted = { ...latest, description }
    if (last && last.version !== LATEST && contentOf(last) === contentOf(wanted)) return last
    const version = { ...wanted, version: table.nextVersion(latest.name), revisionId: randomUUID() }
    table.putVersion(version)
    return version
  }
}

const isUsedBy = ({ functionVersion, weights }: FunctionAlias, version: string): boolean =>
  functionVersion === version || Object.hasOwn(weights, version)

/** All that two versions would have to differ in. */
const contentOf = ({ version, revisionId, modifiedAtMs, ...rest }: FunctionVersion): string => JSON.stringify(rest)

/** @throws {AwsError} PreconditionFailedException */
export function checkRevision(found: { readonly revisionId: string }, expected: string | undefined): void {
  if (expected !== undefined && expected !== found.revisionId) throw preconditionFailed()
}
