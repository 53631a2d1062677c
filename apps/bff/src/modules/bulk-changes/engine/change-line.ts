import type { AuditChange, BulkChangeChange } from '@thingdeck/contract'
import { httpStatusOf, isNamed } from '../../../aws/error-name.ts'
import { isRefusedKey } from '../../../aws/own-account/aws-expiry.ts'
import { isCredentialTrouble } from '../../../aws/own-account/credential-trouble.ts'
import { isRefused } from '../../../aws/why-unread.ts'
import type { Kind, KindContext, Prepared } from '../kinds/kind.ts'
import type { KeptLine, LineMade } from './kept-bulk-change.ts'

/** Reads, compares, writes with the version; again if somebody else was faster. */
const MOST_ATTEMPTS = 5

export interface ChangeLineParts {
  readonly kind: Kind<BulkChangeChange>
  /** Of the line: its own, or that of the whole. */
  readonly change: BulkChangeChange
  readonly context: Omit<KindContext, 'begun' | 'made' | 'keep'>
  /** Notes that the line is about to be written; undefined: it is not this run's any more. */
  readonly claim: (line: KeptLine) => Promise<KeptLine | undefined>
  /** Keeps what was made for a line before anything else is done. */
  readonly keep: (line: KeptLine) => Promise<void>
  /** Nobody asks AWS for a moment. */
  readonly holdBack: () => void
}

export interface LineEnd {
  readonly line: KeptLine
  /** Why a line failed; or why it stays as it was, where there are no credentials to ask AWS with. */
  readonly error?: Error
  /** It was found done, by who had it under way before: it may be in the trail already. */
  readonly isFoundDone?: true
}

/**
 * Changes one target, or says what would change. What was under way when a server ended is looked at first: it may be done.
 * @returns what became of it; failures of AWS's are in it. Undefined: it is not this run's.
 */
export async function changeLine(line: KeptLine, parts: ChangeLineParts): Promise<LineEnd | undefined> {
  const { kind, change, context, claim, holdBack } = parts
  let current = line
  /** Whether something of it may be done, by this run or one before it. */
  let mayBeDone = line.mayBeDone ?? line.outcome === 'under-way'
  const keep = async (made: LineMade) => {
    current = { ...current, made }
    await parts.keep(current)
  }
  const contextWith = (begun: readonly AuditChange[]): KindContext => ({
    ...context,
    begun,
    made: current.made ?? {},
    keep,
  })
  for (let attempt = 1; ; attempt += 1) {
    let writes = 0
    try {
      const prepared = await kind
        .prepare(line.target, change, contextWith(current.changes ?? []))
        .catch((error: unknown) => notThere(current, mayBeDone, error))
      const settled = settledBy(current, prepared, mayBeDone)
      if (settled) return { line: settled, ...(settled.outcome === 'changed' && { isFoundDone: true }) }
      if (prepared.outcome !== 'would-change') return undefined // settled above
      const { changes, version, message, effects } = prepared
      // What was begun and is not to be done any more is done; where all of it is to be done, nothing is.
      mayBeDone &&= isDoneInPart(current.changes ?? [], changes)
      const known = {
        ...cleared(current),
        changes: together(current.changes ?? [], changes),
        ...(version !== undefined && { version }),
        ...(message !== undefined && { message }),
        ...(effects && { effects: current.effects ?? effects }),
      }
      if (context.dryRun) return { line: { ...known, outcome: 'would-change' } }
      const claimed = await claim(known)
      if (!claimed) return undefined
      current = claimed
      const turn = async () => {
        await context.turn()
        writes += 1
      }
      const made = await kind.apply(line.target, change, prepared.plan, { ...contextWith(changes), turn })
      return { line: { ...current, outcome: 'changed', ...(made !== undefined && { version: made }) } }
    } catch (error) {
      if (!(error instanceof Error)) throw error
      // It waits for credentials, as all others do; what was being written has to be told of.
      if (isCredentialTrouble(error) && attempt === 1 && writes === 0) return { line, error }
      if (!isOfAws(error)) throw error
      const code = isCredentialTrouble(error) ? error.code : error.name
      const { message } = error
      const isThrottled = code === 'ThrottlingException'
      // What was written without an answer may be done, or be on its way still: it is looked at again before anything is
      // said of it, and not at once, as a certificate that is not seen yet would be made once more.
      const isUnknown = writes > 0 && isUnanswered(error)
      // Of several writes those before were done.
      if (isUnknown || writes > 1) mayBeDone = true
      if (isThrottled || isUnknown) holdBack()
      const isPassing = isThrottled || PASSING.includes(code) || isUnknown
      if (isPassing && attempt < MOST_ATTEMPTS) continue
      const kept = { ...cleared(current), ...(mayBeDone && { mayBeDone }) }
      return { line: { ...kept, outcome: 'failed', code, message }, error }
    }
  }
}

/**
 * What is only read of a target is its own: where AWS does not find it, nothing has its name.
 * @throws other errors, and those of a line that was begun: something of it may be done
 */
function notThere({ outcome }: KeptLine, mayBeDone: boolean, error: unknown): Prepared<unknown> {
  const isBegun = mayBeDone || outcome === 'under-way'
  if (isBegun || !(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error
  return { outcome: 'not-there', message: error.message }
}

/** Somebody else was faster, or AWS has not spread yet what was done before. */
const PASSING = [
  'ConflictException',
  'VersionConflictException',
  'ConflictingResourceUpdateException',
  'DeleteConflictException',
  'ServiceUnavailableException',
  'InternalFailureException',
]

const isOfAws = (error: Error): boolean => '$metadata' in error || isUnavailable(error) || isCredentialTrouble(error)

/** Nobody answered, or the console may not ask, or by no keys that are good: it will be the same for every other target. */
export const isUnavailable = (error: Error): boolean =>
  isUnanswered(error) || isRefused(error) || isRefusedKey(error) || isNamed(error, 'CredentialsProviderError')

/** It is not known whether AWS has done it. */
function isUnanswered(error: Error): boolean {
  const { name, code }: Error & { readonly code?: unknown } = error
  const status = httpStatusOf(error)
  return (
    name === 'TimeoutError' ||
    (typeof code === 'string' && /^E[A-Z]+$/.test(code)) ||
    (status !== undefined && status >= 500)
  )
}

/** What is left of a line that is begun again. */
function cleared({ code: _, message: __, mayBeDone: ___, ...line }: KeptLine): KeptLine {
  return line
}

/** Undefined: there is something to write. */
function settledBy(line: KeptLine, prepared: Prepared<unknown>, mayBeDone: boolean): KeptLine | undefined {
  if (prepared.outcome === 'left-out' || prepared.outcome === 'not-there')
    return { ...cleared(line), outcome: prepared.outcome, message: prepared.message }
  if (prepared.outcome === 'unchanged') {
    const { outcome: _, ...said } = prepared
    // It was written, but nobody noted it any more.
    if (mayBeDone || line.outcome === 'under-way') return { ...cleared(line), ...said, outcome: 'changed' }
    return { ...cleared(line), ...said, outcome: 'unchanged' }
  }
  const other = changedSince(line.input?.expects, prepared.changes)
  return other === undefined ? undefined : { ...cleared(line), outcome: 'left-out', message: other }
}

function changedSince(expects: readonly AuditChange[] | undefined, changes: readonly AuditChange[]) {
  if (!expects) return undefined
  const made = new Map(expects.map(({ path, afterText }) => [path, afterText]))
  const other = changes.find(({ path, beforeText }) => made.has(path) && made.get(path) !== beforeText)
  return (
    other &&
    `${other.path} was changed since, to ${other.beforeText ?? 'nothing'}: it stays, as somebody wants it so now.`
  )
}

/** Whether some of what was begun is not among what is still to do. */
function isDoneInPart(begun: readonly AuditChange[], left: readonly AuditChange[]): boolean {
  const paths = new Set(left.map(({ path }) => path))
  return begun.some(({ path }) => !paths.has(path))
}

/** What was begun before and is done by now, and what is still to do: of that, what is there now was there before it. */
function together(begun: readonly AuditChange[], now: readonly AuditChange[]): AuditChange[] {
  const left = new Set(now.map(({ path }) => path))
  return [...begun.filter(({ path }) => !left.has(path)), ...now]
}
