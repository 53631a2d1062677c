import { AwsError } from '@thingdeck/aws-api'
import { arnOf } from '../../foundation/account.ts'
import { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { alreadyExists, invalidRequest } from '../../foundation/errors.ts'
import type { TagKeeper } from '../../foundation/tag-keeper.ts'
import { destinationUrlOf } from './actions/http.ts'
import { checkRule } from './check-rule.ts'
import type { CompiledRule } from './compiled-rule.ts'
import type { Destinations } from './destinations.ts'
import { type Rule, type RulePayload, RuleTable } from './rule-table.ts'

/** "Rules per account" (AWS IoT Core quotas). */
const MAX_RULES = 1000

const KIND = 'rule'

/** The account's topic rules, and what may be done to them. */
export class Rules {
  readonly #context: LocalContext
  readonly #tags: TagKeeper
  readonly #table: RuleTable
  readonly #destinations: Pick<Destinations, 'ensure'>
  readonly #compile: (name: string, payload: RulePayload) => CompiledRule
  /** What was compiled to see whether it can be run, until whoever runs it has taken it. */
  #compiled: CompiledRule | undefined
  /** Names of rules that came, changed or went, told before the call that did it returns. */
  readonly changes: Changes<string>

  /** @param compile refuses what cannot be run, by what it throws */
  constructor(
    context: LocalContext,
    { tags, destinations }: { readonly tags: TagKeeper; readonly destinations: Pick<Destinations, 'ensure'> },
    compile: (name: string, payload: RulePayload) => CompiledRule,
  ) {
    this.#destinations = destinations
    this.#compile = compile
    this.#context = context
    this.#tags = tags
    this.#table = new RuleTable(context.database)
    this.changes = new Changes((error) => context.log.error({ err: error }, 'a listener to rules failed'))
    tags.addKind(KIND, (name) => this.#table.find(name) !== undefined)
  }

  all(): readonly Rule[] {
    return this.#table.all()
  }

  find(name: string): Rule | undefined {
    return this.#table.find(name)
  }

  arnOf(name: string): string {
    return arnOf(this.#context.account, 'iot', `${KIND}/${name}`)
  }

  /**
   * AWS's model has no not-found error for rules: who asks for one that is not there is told that they may not.
   * @throws {AwsError} UnauthorizedException, 401
   */
  mustFind(name: string): Rule {
    const rule = this.find(name)
    if (!rule) throw new AwsError('UnauthorizedException', `Access to topic rule '${name}' was denied`)
    return rule
  }

  /**
   * @param tags as the header has them: `site=north&owner=ada`, each part percent-encoded
   * @throws {AwsError} ResourceAlreadyExistsException, LimitExceededException, SqlParseException, InvalidRequestException
   */
  create(name: string, payload: RulePayload, tags: string | undefined): void {
    checkRule(payload, this.#context.account.id)
    const compiled = this.#compile(name, payload)
    const { database, clock } = this.#context
    database.transaction(() => {
      if (this.find(name)) throw alreadyExists(`A rule named ${name} already exists`, name, this.arnOf(name))
      if (this.#table.count >= MAX_RULES) {
        // The operation has no error for it in AWS's model.
        throw invalidRequest(`An account may have at most ${MAX_RULES} rules: delete one that is not needed.`)
      }
      this.#table.insert(name, payload, clock())
      this.#tags.create(this.arnOf(name), readTags(tags))
      this.#ensureDestinations(payload)
    })
    this.#tell(name, compiled)
  }

  /** @throws {AwsError} UnauthorizedException for a rule that is not there; else as {@link create} */
  replace(name: string, payload: RulePayload): void {
    const { payload: before } = this.mustFind(name)
    checkRule(payload, this.#context.account.id, before)
    const compiled = this.#compile(name, payload)
    this.#context.database.transaction(() => {
      this.#table.replace(name, payload)
      this.#ensureDestinations(payload)
    })
    this.#tell(name, compiled)
  }

  /**
   * The rule as it is run.
   * @throws {AwsError} where a rule of another release cannot be run by this one
   */
  compiled({ name, payload }: Rule): CompiledRule {
    return this.#compiled?.name === name ? this.#compiled : this.#compile(name, payload)
  }

  /**
   * Tells of a rule once what changed is kept: what waits for a rule's actions is let go with it.
   * @param compiled where it was just compiled: whoever loads it has it from {@link compiled}
   */
  #tell(name: string, compiled?: CompiledRule): void {
    this.#context.database.whenKept(() => {
      this.#compiled = compiled
      this.changes.tell(name)
      this.#compiled = undefined
    })
  }

  /** Those that HTTP actions lead to. */
  #ensureDestinations({ actions, errorAction }: RulePayload): void {
    for (const { http } of errorAction ? [...actions, errorAction] : actions) {
      const url = http && destinationUrlOf(http)
      if (url !== undefined) this.#destinations.ensure(url)
    }
  }

  /** @throws {AwsError} UnauthorizedException */
  setDisabled(name: string, ruleDisabled: boolean): void {
    const { payload } = this.mustFind(name)
    this.#table.replace(name, { ...payload, ruleDisabled })
    this.#tell(name)
  }

  /** @throws {AwsError} UnauthorizedException */
  delete(name: string): void {
    this.mustFind(name)
    this.#context.database.transaction(() => {
      this.#table.delete(name)
      this.#tags.forget(this.arnOf(name))
    })
    this.#tell(name)
  }
}

function readTags(text: string | undefined): { Key: string; Value: string }[] | undefined {
  if (text === undefined || text === '') return undefined
  return [...new URLSearchParams(text)].map(([Key, Value]) => ({ Key, Value }))
}
