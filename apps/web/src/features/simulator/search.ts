import { SIGN_IN_KINDS, type SignInKind, type SimulatorChecks } from '@thingdeck/contract'
import type { Door } from '../../shared/authorization/check.ts'
import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { choiceParam, defined, integerParam, listParam, type RawSearch, textParam } from '../../shared/search-params.ts'

/** Everything that is asked; texts of policies are never in an address. */
export interface SimulatorSearch {
  readonly thing?: string
  /** A certificate's id. */
  readonly certificate?: string
  /** The id of a Cognito identity. */
  readonly identity?: string
  /** As whom; left out: by a certificate, or the identity where there is one. */
  readonly as?: SignInKind
  /** Whose IAM policies count: `role/NAME`, `user/NAME`, `group/NAME`. */
  readonly iam?: string
  /** The policies that were pasted in this browser tab count, in place of those. */
  readonly pasted?: '1'
  /** Left out: the thing's name. */
  readonly client?: string
  /** By which door messages are published; left out: MQTT. */
  readonly over?: Door
  readonly ip?: string
  /** The session is to outlive the connection. */
  readonly persistent?: '1'
  /** The topic of a last will. */
  readonly will?: string
  readonly willRetain?: '1'
  /** Values in place of those that are known, `iot:Certificate.Subject.CommonName=pump-9`. */
  readonly set?: readonly string[]
  /** See `parseCheck`. */
  readonly check?: readonly string[]
  /** Names of policies whose draft decides in place of what is attached. */
  readonly draft?: readonly string[]
  /** Other versions than the default one, `device:3`. */
  readonly version?: readonly string[]
  /** AWS is asked, too. */
  readonly aws?: '1'
  /** Which check is looked at, from 1. */
  readonly look?: number
}

export const validateSimulatorSearch = (raw: RawSearch): SimulatorSearch =>
  defined({
    thing: textParam(raw.thing),
    certificate: textParam(raw.certificate),
    identity: textParam(raw.identity),
    as: choiceParam(raw.as, SIGN_IN_KINDS),
    iam: textParam(raw.iam),
    pasted: choiceParam(raw.pasted, ['1']),
    client: textParam(raw.client),
    over: choiceParam(raw.over, ['https', 'mqtt']),
    ip: textParam(raw.ip),
    persistent: choiceParam(raw.persistent, ['1']),
    will: textParam(raw.will),
    willRetain: choiceParam(raw.willRetain, ['1']),
    set: listParam(raw.set),
    check: listParam(raw.check),
    draft: listParam(raw.draft),
    version: listParam(raw.version),
    aws: choiceParam(raw.aws, ['1']),
    look: integerParam(raw.look, 1),
  })

/** The address of a file of cases: the file itself is of this browser tab. */
export interface CasesSearch extends ListSearch {
  /** Policies of the account, for cases that bring none. */
  readonly policies?: readonly string[]
}

export const validateCasesSearch = (raw: RawSearch): CasesSearch => ({
  ...listSearch(raw),
  ...defined({ policies: listParam(raw.policies) }),
})

/** `key=value` of the address, as context values. What has no `=` is none. */
export function valuesOf(set: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    set.flatMap((text) => {
      const at = text.indexOf('=')
      return at < 1 ? [] : [[text.slice(0, at).trim(), text.slice(at + 1).trim()]]
    }),
  )
}

/** What is saved of an address: all that is asked, without drafts and what is looked at. */
export function savedPart({
  check,
  set,
  draft,
  version,
  aws,
  look,
  pasted,
  ...who
}: SimulatorSearch): SimulatorChecks | undefined {
  if (check === undefined) return undefined
  return { ...who, check: [...check], ...(set && { set: [...set] }) }
}

/** The address of saved checks: nothing of before stays. */
export const openedSearch = (
  content: SimulatorChecks,
): { readonly [K in keyof SimulatorSearch]: SimulatorSearch[K] | undefined } => ({
  thing: undefined,
  certificate: undefined,
  identity: undefined,
  as: undefined,
  iam: undefined,
  pasted: undefined,
  client: undefined,
  over: undefined,
  ip: undefined,
  persistent: undefined,
  will: undefined,
  willRetain: undefined,
  set: undefined,
  draft: undefined,
  version: undefined,
  look: undefined,
  ...content,
})
